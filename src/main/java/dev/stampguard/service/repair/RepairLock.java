package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps other repairs away from a database for as long as it is open. It is a transaction that does
 * nothing but hold an advisory lock, so that the lock goes with whoever is killed.
 */
final class RepairLock implements RepairService.Hold {
  private final PostgresConnection connection;

  private RepairLock(PostgresConnection connection) {
    this.connection = connection;
  }

  /**
   * Takes the lock.
   *
   * @throws StampguardException (refused) naming the holder when another repair has it
   */
  static RepairLock take(PostgresConnector connector, Target target) {
    PostgresConnection connection = connector.open(target);
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      try (ResultSet rows = statement.executeQuery(SqlResource.read("repair-lock"))) {
        rows.next();
        if (!rows.getBoolean(1)) {
          throw held(statement, target);
        }
      }
      return new RepairLock(connection);
    } catch (SQLException e) {
      connection.close();
      throw SqlErrors.translate(e, target);
    } catch (StampguardException e) {
      connection.close();
      throw e;
    }
  }

  private static StampguardException held(Statement statement, Target target) throws SQLException {
    String holder = "another session";
    try (ResultSet rows = statement.executeQuery(SqlResource.read("repair-lock-holder"))) {
      if (rows.next()) {
        String application = rows.getString(3);
        holder =
            "session %s of role `%s`%s since %s UTC"
                .formatted(
                    rows.getInt(1),
                    rows.getString(2),
                    application == null || application.isEmpty() ? "" : " (`" + application + "`)",
                    rows.getString(4));
      }
    }
    return new StampguardException(
        ExitCode.REFUSED,
        "`%s` is being repaired already: %s holds the lock".formatted(target.database(), holder),
        "wait for it to end, then run `stampguard diagnose`");
  }

  @Override
  public void require() {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "the session was ended that keeps other repairs away from `%s`, and nothing more is changed"
              .formatted(connection.target().database()),
          "look with `stampguard diagnose`, then repair again");
    }
  }

  /** Lets the next one in. */
  @Override
  public void close() {
    connection.close();
  }
}
