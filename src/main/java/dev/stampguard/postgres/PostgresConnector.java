package dev.stampguard.postgres;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.GregorianCalendar;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections: the one place that does.
 *
 * <p>Endpoints are tried in their order, as libpq does: one that cannot be reached gives way to the
 * next, one that answers and says no ends the search.
 */
public final class PostgresConnector {
  /** The oldest major whose catalog the SQL resources read. */
  static final int OLDEST_MAJOR = 13;

  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  /**
   * Asked itself: a source of connections asks for drivers by name, of which each has to be found.
   */
  private static final Driver DRIVER = new Driver();

  static {
    // The driver makes a calendar for each connection, and the first one of a language looks up on
    // which day its weeks begin. This one does so when the native executable is built, which keeps
    // the answer and nothing else: started in another language, it looks that one up.
    new GregorianCalendar();
  }

  private final ConnectTimeout connectTimeout;
  private final StatementTimeout statementTimeout;
  private final LockTimeout lockTimeout;

  /**
   * @param connectTimeout for each endpoint
   * @param statementTimeout for each statement of {@link PostgresConnection#readOnly()}
   * @param lockTimeout for each lock wait of {@link PostgresConnection#readOnly()}
   */
  public PostgresConnector(
      ConnectTimeout connectTimeout, StatementTimeout statementTimeout, LockTimeout lockTimeout) {
    this.connectTimeout = Objects.requireNonNull(connectTimeout);
    this.statementTimeout = Objects.requireNonNull(statementTimeout);
    this.lockTimeout = Objects.requireNonNull(lockTimeout);
  }

  /**
   * Connects.
   *
   * @return an open connection in auto-commit mode; the caller closes it
   * @throws StampguardException (no access) when no endpoint lets us in; {@link
   *     StampguardException#isPassing()} tells whether trying again later may help
   */
  public PostgresConnection open(Target target) {
    SQLException failure = null;
    Target.Endpoint failed = target.endpoints().getFirst();
    for (SessionKind kind : SessionKind.wanted(target)) {
      for (Target.Endpoint endpoint : target.endpoints()) {
        try {
          return connect(target, endpoint, kind);
        } catch (SQLException e) {
          if (!SqlErrors.isUnreachable(e)) {
            throw SqlErrors.connecting(e, target, endpoint);
          }
          failure = e;
          failed = endpoint;
        }
      }
    }
    throw SqlErrors.connecting(failure, target, failed);
  }

  private PostgresConnection connect(Target target, Target.Endpoint endpoint, SessionKind kind)
      throws SQLException {
    // As no framework boots, every level is on, and each record first looks up this machine's name
    // and the process's; nobody would ever read them.
    DRIVER_LOG.setLevel(Level.WARNING);
    PGSimpleDataSource source = DriverSettings.dataSource(target, endpoint, kind, connectTimeout);
    var login = new Properties();
    PGProperty.USER.set(login, source.getUser());
    PGProperty.PASSWORD.set(login, source.getPassword());
    Connection jdbc = DRIVER.connect(source.getUrl(), login);
    var connection =
        new PostgresConnection(
            jdbc, target, endpoint, connectTimeout, statementTimeout, lockTimeout);
    // Login is over: from here on each transaction sets its own limit to the server's silence.
    connection.unlimitSilence();
    if (connection.serverMajor() < OLDEST_MAJOR) {
      connection.close();
      throw new StampguardException(
          ExitCode.NO_ACCESS,
          "`%s` runs PostgreSQL %s, which is too old"
              .formatted(SqlErrors.where(endpoint), connection.serverVersion()),
          "upgrade the server to %s or newer".formatted(OLDEST_MAJOR));
    }
    return connection;
  }
}
