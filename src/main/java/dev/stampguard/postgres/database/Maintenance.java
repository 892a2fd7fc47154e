package dev.stampguard.postgres.database;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** A way into a server that leads through none of the databases that are worked on. */
public final class Maintenance {
  private static final List<String> DATABASES = List.of("postgres", "template1");

  private Maintenance() {}

  /**
   * Connects to {@code postgres}, else to {@code template1}.
   *
   * @param server any database of the server
   * @param notThese names of databases that must be free of sessions
   * @throws StampguardException (no access) when neither can be connected to
   */
  public static PostgresConnection open(
      PostgresConnector connector, Target server, Set<String> notThese) {
    StampguardException failure = null;
    for (String database : DATABASES) {
      if (!notThese.contains(database)) {
        try {
          return connector.open(server.withDatabase(database, server.source()));
        } catch (StampguardException e) {
          failure = failure == null ? e : failure;
        }
      }
    }
    throw new StampguardException(
        ExitCode.NO_ACCESS,
        "a database can only be replaced from beside it, and there is no way in: "
            + (failure == null ? "it is the only one" : failure.getMessage()),
        "let role `%s` connect to database `postgres`, and connect to the server itself where `%s` leads to PgBouncer"
            .formatted(server.user(), server.source()));
  }

  /**
   * Whether a server has a database of the target's name.
   *
   * @throws StampguardException (no access) when the server cannot be asked
   */
  public static boolean exists(PostgresConnector connector, Target target) {
    try (PostgresConnection connection = open(connector, target, Set.of(target.database()));
        PreparedStatement statement =
            connection.jdbc().prepareStatement(SqlResource.read("database-names"))) {
      statement.setString(1, target.database());
      statement.setString(2, target.database());
      statement.setString(3, target.database());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }
}
