package dev.stampguard.postgres;

import dev.stampguard.target.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.PGConnection;

/** An open connection to one database. Not for use by several threads at once. */
public final class PostgresConnection implements AutoCloseable {
  private final Connection jdbc;
  private final Target target;
  private final Target.Endpoint endpoint;
  private final ConnectTimeout connectTimeout;
  private final StatementTimeout statementTimeout;
  private final LockTimeout lockTimeout;
  private final ServerVersion serverVersion;

  PostgresConnection(
      Connection jdbc,
      Target target,
      Target.Endpoint endpoint,
      ConnectTimeout connectTimeout,
      StatementTimeout statementTimeout,
      LockTimeout lockTimeout)
      throws SQLException {
    this.jdbc = Objects.requireNonNull(jdbc);
    this.target = Objects.requireNonNull(target);
    this.endpoint = Objects.requireNonNull(endpoint);
    this.connectTimeout = connectTimeout;
    this.statementTimeout = statementTimeout;
    this.lockTimeout = lockTimeout;
    // The server sent it at login.
    String reported = jdbc.unwrap(PGConnection.class).getParameterStatus("server_version");
    this.serverVersion = ServerVersion.reported(reported == null ? "0" : reported);
  }

  /** The driver's connection, in auto-commit mode; open a {@link ReadOnlyTransaction} to read. */
  public Connection jdbc() {
    return jdbc;
  }

  /** What was connected to. */
  public Target target() {
    return target;
  }

  /** The server's version. */
  public ServerVersion version() {
    return serverVersion;
  }

  /**
   * The target by the one of its endpoints that let us in: for a program that must go there too.
   */
  public Target reached() {
    return target.at(endpoint);
  }

  /** As the server prints it, for example {@code 15.18} or {@code 19beta1}. */
  public String serverVersion() {
    return serverVersion.text();
  }

  /** The major version, for example 15. */
  public int serverMajor() {
    return serverVersion.major();
  }

  /**
   * Whether a pooler such as PgBouncer is between us and the server. Each transaction may then run
   * in another of the server's sessions: what is set or prepared for one is lost, or left to
   * others.
   */
  public boolean isPooled() throws SQLException {
    try (Statement statement = jdbc.createStatement();
        ResultSet rows = statement.executeQuery(SqlResource.read("backend"))) {
      rows.next();
      // A pooler makes up what it says at login.
      return rows.getInt(1) != jdbc.unwrap(PGConnection.class).getBackendPID();
    }
  }

  /**
   * What can be seen now: a round trip that reads no table.
   *
   * @return empty on a standby, and where the role may not ask or the server knows no answer
   * @throws dev.stampguard.StampguardException when the connection is lost
   */
  public Optional<ServerMoment> moment() {
    try (Statement statement = jdbc.createStatement()) {
      limitSilence(statementTimeout);
      Optional<ServerMoment> now = Optional.empty();
      try (ResultSet rows = statement.executeQuery(SqlResource.read("server-moment"))) {
        rows.next();
        var parts = new ArrayList<String>();
        for (int part = 1; part <= ServerMoment.PARTS; part++) {
          parts.add(rows.getString(part));
        }
        if (!parts.contains(null)) {
          now = Optional.of(new ServerMoment(parts));
        }
      }
      unlimitSilence();
      return now;
    } catch (SQLException e) {
      if (SqlErrors.isEnd(e)) {
        throw SqlErrors.translate(e, target);
      }
      return Optional.empty();
    }
  }

  /**
   * Whether the server's log is on disk up to a place, so that no crash takes back what is before
   * it.
   *
   * @param place as PostgreSQL prints one
   * @throws dev.stampguard.StampguardException when the connection is lost
   */
  public boolean isOnDisk(String place) {
    try (Statement statement = jdbc.createStatement();
        ResultSet rows =
            statement.executeQuery(Query.bind(SqlResource.read("log-on-disk"), List.of(place)))) {
      rows.next();
      return rows.getBoolean(1);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }

  /** A transaction with the connector's timeouts. Nothing is sent before its first query. */
  public ReadOnlyTransaction readOnly() {
    return readOnly(statementTimeout, lockTimeout);
  }

  /** A transaction with timeouts of its own. Nothing is sent before its first query. */
  public ReadOnlyTransaction readOnly(StatementTimeout statement, LockTimeout lock) {
    return new ReadOnlyTransaction(this, statement, lock);
  }

  /**
   * Limits how long the driver waits for a silent server: the statement's own time, then as long as
   * a connect may take. It ends a run whose server or network died; a living server says by itself
   * that a statement took too long.
   */
  void limitSilence(StatementTimeout statement) throws SQLException {
    long limit = statement.milliseconds() + connectTimeout.value().toMillis();
    jdbc.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.min(limit, Integer.MAX_VALUE)));
  }

  /** Takes the limit off again. */
  void unlimitSilence() {
    try {
      jdbc.setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException e) {
      // The connection is gone; there is nothing left to wait for.
    }
  }

  /** Disconnects; a connection that is already broken is closed all the same. */
  @Override
  public void close() {
    try {
      jdbc.close();
    } catch (SQLException e) {
      // Nothing left to tell anybody: whatever was read has been read, and nothing was written.
    }
  }
}
