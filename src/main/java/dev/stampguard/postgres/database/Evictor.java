package dev.stampguard.postgres.database;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Ends sessions again and again beside a rename that waits for them. A connection pool comes back
 * within milliseconds; once the rename has its lock it finds the door closed.
 */
final class Evictor implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final PostgresConnection connection;
  private final DatabaseSwap.Request request;
  private final String spared;
  private final Thread thread;
  private volatile boolean done;

  private Evictor(PostgresConnection connection, DatabaseSwap.Request request, String spared) {
    this.connection = connection;
    this.request = request;
    this.spared = spared;
    this.thread = Thread.ofPlatform().daemon().name("stampguard-evictor").unstarted(this::repeat);
  }

  static Evictor start(
      PostgresConnector connector,
      Target server,
      DatabaseSwap.Request request,
      DatabaseSwap.LastLook lastLook) {
    return new Evictor(
        Maintenance.open(connector, server, request.names()), request, lastLook.application());
  }

  /**
   * Ends all sessions once, and goes on doing so beside what comes next.
   *
   * @throws StampguardException (no access) when the role may not end one of them
   */
  void evict() {
    try {
      terminate();
    } catch (SQLException e) {
      throw SqlErrors.state(e).equals("42501")
          ? new StampguardException(
              ExitCode.NO_ACCESS,
              "role `%s` may not end the sessions in `%s`"
                  .formatted(connection.target().user(), request.database()),
              "end them yourself, or grant role `%s` pg_signal_backend"
                  .formatted(connection.target().user()))
          : SqlErrors.translate(e, connection.target());
    }
    thread.start();
  }

  private void repeat() {
    try {
      while (!done) {
        terminate();
        Thread.sleep(BETWEEN);
      }
    } catch (SQLException e) {
      // The rename will say who is still there.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void terminate() throws SQLException {
    try (PreparedStatement statement =
        connection.jdbc().prepareStatement(SqlResource.read("database-terminate"))) {
      statement.setString(1, request.database());
      statement.setString(2, request.replacement());
      statement.setString(3, spared);
      statement.setString(4, spared);
      statement.execute();
    }
  }

  @Override
  public void close() {
    done = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
