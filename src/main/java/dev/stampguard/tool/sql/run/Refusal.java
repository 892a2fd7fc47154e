package dev.stampguard.tool.sql.run;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.tool.MissingObject;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server said against a statement.
 *
 * @param message one sentence without a full stop
 * @param missing what the statement did not find
 * @param existing what it wanted to make and found there
 */
record Refusal(
    String message, String sqlState, Optional<MissingObject> missing, Optional<String> existing) {
  private static final String UNDEFINED_TABLE = "42P01";
  private static final Set<String> IS_MISSING = Set.of("42704", "42703", "42883", "3F000");
  private static final Set<String> IS_THERE = Set.of("42P07", "42710", "42701", "42723", "42P06");

  /** In English; in other languages only relations are understood. */
  private static final Pattern MISSING =
      Pattern.compile(
          "(index|type|extension|constraint|trigger|column|schema|function) (?:\"(.+?)\"|(\\S+\\(.*?\\)))"
              + "(?: (?:of relation|for table|for relation) \"(.+?)\")?.* does not exist.*",
          Pattern.DOTALL);

  private static final Pattern QUOTED = Pattern.compile("[\"“„«]\\s?(.+?)\\s?[\"”“»]");

  static Refusal of(SQLException error) {
    Optional<ServerErrorMessage> server =
        Optional.of(error)
            .filter(PSQLException.class::isInstance)
            .map(e -> ((PSQLException) e).getServerErrorMessage());
    String said = server.map(ServerErrorMessage::getMessage).orElseGet(() -> SqlErrors.said(error));
    String state = SqlErrors.state(error);
    return new Refusal(
        said,
        state,
        missing(state, said, server.map(ServerErrorMessage::getRoutine)),
        IS_THERE.contains(state) ? quoted(said) : Optional.empty());
  }

  private static Optional<MissingObject> missing(
      String state, String said, Optional<String> routine) {
    // errorMissingRTE complains about a name in FROM, with the same SQLSTATE.
    if (state.equals(UNDEFINED_TABLE) && routine.filter("errorMissingRTE"::equals).isEmpty()) {
      return quoted(said).map(name -> new MissingObject(ObjectKind.TABLE, name, Optional.empty()));
    }
    Matcher found = MISSING.matcher(said);
    if (!IS_MISSING.contains(state) || !found.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new MissingObject(
            ObjectKind.valueOf(found.group(1).toUpperCase(Locale.ROOT)),
            found.group(2) == null ? found.group(3) : found.group(2),
            Optional.ofNullable(found.group(4))));
  }

  private static Optional<String> quoted(String said) {
    Matcher quoted = QUOTED.matcher(said);
    return quoted.find() ? Optional.of(quoted.group(1)) : Optional.empty();
  }
}
