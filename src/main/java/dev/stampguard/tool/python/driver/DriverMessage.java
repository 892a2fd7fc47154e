package dev.stampguard.tool.python.driver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.ServerVersion;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.MissingObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the driver says: one line of JSON each. */
sealed interface DriverMessage {
  /**
   * It is connected and waits for commands.
   *
   * @param ledger where the ledger is
   * @param session what it says more when it is to change the database
   */
  record Hello(LedgerLocation ledger, Optional<Session> session) implements DriverMessage {}

  /**
   * A session that changes a database.
   *
   * @param ledgerSchema where the ledger is or would be, also where its location does not say
   * @param backend the server's process
   * @param version the server's
   */
  record Session(String ledgerSchema, int backend, ServerVersion version) {}

  /** A revision starts. */
  record Begin(String revision) implements DriverMessage {}

  /**
   * What was asked for is done.
   *
   * @param transaction the id of the one that was begun
   */
  record Done(Optional<String> transaction) implements DriverMessage {}

  /**
   * What was asked for failed.
   *
   * @param missing what it did not find
   * @param existing what it found in its way
   */
  record Failed(Trouble trouble, Optional<MissingObject> missing, Optional<String> existing)
      implements DriverMessage {}

  /**
   * A revision cannot run in this transaction.
   *
   * @param alone whether it can run in none of ours, or else in the next one
   */
  record Cut(Trouble trouble, boolean alone) implements DriverMessage {}

  /** A revision ended the transaction. */
  record Ended(Trouble trouble, boolean committed) implements DriverMessage {}

  /** A row of a result. */
  record Values(Row row) implements DriverMessage {}

  /** A result is complete. */
  record Result() implements DriverMessage {}

  /** It ends in good order. */
  record Finished(List<String> heads) implements DriverMessage {}

  /** It cannot go on. */
  record Broken(Trouble trouble) implements DriverMessage {}

  /** Project code connected to another database than ours, and nothing ran there. */
  record Elsewhere(Trouble trouble) implements DriverMessage {}

  /**
   * An error.
   *
   * @param sqlState the server's code, where the server said it
   * @param module the module whose import failed
   * @param file the script it happened in, as Python names it
   */
  record Trouble(
      String message,
      Optional<String> sqlState,
      Optional<String> module,
      Optional<String> file,
      int line) {}

  /**
   * Reads a line.
   *
   * @throws IOException when it is not one of the driver's
   */
  static DriverMessage parse(String line) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      return parser.nextToken() == JsonToken.START_ARRAY
          ? new Values(new Row(texts(parser).toArray(String[]::new)))
          : object(parser);
    }
  }

  private static DriverMessage object(JsonParser parser) throws IOException {
    var values = new HashMap<String, String>();
    List<String> heads = List.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        heads = texts(parser);
      } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
        values.put(name, parser.getText());
      }
    }
    Optional<String> found = Optional.ofNullable(values.get("found_schema"));
    return switch (values.getOrDefault("type", "")) {
      case "hello" ->
          new Hello(
              new LedgerLocation(
                  Optional.ofNullable(values.get("ledger_schema")), values.get("ledger")),
              found.map(
                  schema ->
                      new Session(
                          schema,
                          Integer.parseInt(values.get("backend")),
                          ServerVersion.reported(values.get("server_version")))));
      case "begin" -> new Begin(values.get("revision"));
      case "done" -> new Done(Optional.ofNullable(values.get("transaction")));
      case "failed" ->
          new Failed(trouble(values), missing(values), Optional.ofNullable(values.get("existing")));
      case "cut" -> new Cut(trouble(values), values.get("cut").equals("alone"));
      case "ended" -> new Ended(trouble(values), Boolean.parseBoolean(values.get("committed")));
      case "result" -> new Result();
      case "finished" -> new Finished(List.copyOf(heads));
      case "broken" -> new Broken(trouble(values));
      case "elsewhere" -> new Elsewhere(trouble(values));
      default -> throw new IOException("not a message of the driver");
    };
  }

  /** The elements of an array, from behind its start; null for what is null. */
  private static List<String> texts(JsonParser parser) throws IOException {
    var texts = new ArrayList<String>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText());
    }
    return texts;
  }

  private static Optional<MissingObject> missing(Map<String, String> values) {
    Optional<ObjectKind> kind =
        Optional.ofNullable(values.get("missing_kind"))
            .map(word -> ObjectKind.valueOf(word.toUpperCase(Locale.ROOT)));
    return kind.isEmpty() || !values.containsKey("missing")
        ? Optional.empty()
        : Optional.of(
            new MissingObject(
                kind.get(), values.get("missing"), Optional.ofNullable(values.get("missing_in"))));
  }

  private static Trouble trouble(Map<String, String> values) {
    return new Trouble(
        values.get("message"),
        Optional.ofNullable(values.get("sqlstate")),
        Optional.ofNullable(values.get("module")),
        Optional.ofNullable(values.get("file")),
        Integer.parseInt(values.get("line")));
  }
}
