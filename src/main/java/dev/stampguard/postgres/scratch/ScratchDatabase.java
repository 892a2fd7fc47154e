package dev.stampguard.postgres.scratch;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.database.DatabaseBuilder;
import dev.stampguard.postgres.database.DatabaseLocale;
import dev.stampguard.postgres.database.DatabaseProperties;
import dev.stampguard.target.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * A database of ours on somebody's server. Its session stays connected for as long as it is in use,
 * which is how the next run tells a left-over from one that is needed.
 */
final class ScratchDatabase implements AutoCloseable {
  /**
   * The connection limit that marks a database as ours from its first moment on; nothing else sets
   * such a number.
   */
  static final int OUR_MARK = 6174;

  /**
   * A statement whose client was killed ends as well; a session that goes on would keep the
   * database from being swept. PostgreSQL 14 and newer.
   */
  private static final Map<String, String> SCRIPTS_SETTINGS =
      Map.of("client_connection_check_interval", "2s");

  private final PostgresConnector connector;
  private final Target server;
  private final String name;
  private final PostgresConnection session;

  private ScratchDatabase(
      PostgresConnector connector, Target server, String name, PostgresConnection session) {
    this.connector = connector;
    this.server = server;
    this.name = name;
    this.session = session;
  }

  /**
   * Drops what earlier runs left on the server and makes a new database.
   *
   * @param server any database of the server
   * @throws StampguardException (no access) when the role may not create databases
   */
  static ScratchDatabase create(PostgresConnector connector, Target server, DatabaseModel model) {
    try (PostgresConnection connection = connector.open(server)) {
      sweep(connection);
      String name = name(connection);
      create(connection, name, model);
      Target target = server.withDatabase(name, "scratch database");
      PostgresConnection session;
      try {
        // From outside: behind a pooler scripts may get a session that began before these.
        takeOver(connection, target, model.settings());
        takeOver(connection, target, SCRIPTS_SETTINGS);
        session = connector.open(target);
      } catch (SQLException | StampguardException e) {
        drop(connection.jdbc(), name);
        throw e;
      }
      var database = new ScratchDatabase(connector, server, name, session);
      try {
        execute(session, "scratch-mark", name);
        database.furniture().makeSchemas(model.schemas());
      } catch (SQLException e) {
        database.close();
        throw SqlErrors.translate(e, target);
      }
      return database;
    } catch (SQLException e) {
      throw SqlErrors.state(e).equals("42501")
          ? mayNotCreate(server)
          : SqlErrors.translate(e, server);
    }
  }

  /** Drops what runs left behind that are over. */
  static void sweep(PostgresConnection connection) throws SQLException {
    List<String> leftOver;
    try (Statement statement = connection.jdbc().createStatement();
        ResultSet rows = statement.executeQuery(SqlResource.read("scratch-left-over"))) {
      leftOver = DatabaseModel.column(rows);
    }
    for (String name : leftOver) {
      try {
        execute(connection, "scratch-sweep", name);
      } catch (SQLException e) {
        // Another run sweeps at the same moment, or its owner came back: not ours to report.
      }
    }
  }

  /** A name that nobody else has. */
  static String name(PostgresConnection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.jdbc().prepareStatement(SqlResource.read("scratch-name"))) {
      statement.setString(1, UUID.randomUUID().toString().substring(0, 8));
      try (ResultSet rows = statement.executeQuery()) {
        return DatabaseModel.column(rows).getFirst();
      }
    }
  }

  private static void create(PostgresConnection connection, String name, DatabaseModel model)
      throws SQLException {
    var builder = new DatabaseBuilder(connection);
    try {
      builder.create(name, model.encoding(), model.locale(), OUR_MARK);
    } catch (SQLException e) {
      if (!SqlErrors.isRefusal(e) || SqlErrors.state(e).equals("42501")) {
        throw e;
      }
      // The server may lack the target's locale, or be too old to know its provider. Definitions
      // do not show a database's own collation, so the plain one serves.
      builder.create(name, model.encoding(), DatabaseLocale.C, OUR_MARK);
    }
  }

  /** Takes settings over one by one: what this role or major does not know is left out. */
  private static void takeOver(
      PostgresConnection connection, Target database, Map<String, String> settings)
      throws SQLException {
    var builder = new DatabaseBuilder(connection);
    for (var setting : settings.entrySet()) {
      try {
        // Also for the role that runs the scripts: what ALTER ROLE says of it on its server would
        // win.
        for (Optional<String> role :
            List.of(Optional.<String>empty(), Optional.of(database.user()))) {
          builder.set(
              database.database(),
              new DatabaseProperties.Setting(role, setting.getKey(), setting.getValue()));
        }
      } catch (SQLException e) {
        if (!SqlErrors.isRefusal(e)) {
          throw e;
        }
      }
    }
  }

  private String quoted(String identifier) throws SQLException {
    return session.jdbc().unwrap(PGConnection.class).escapeIdentifier(identifier);
  }

  /** Makes the roles of the target that a throw-away server lacks. */
  void createRoles(List<String> roles) {
    for (String role : roles) {
      try {
        execute(session, "scratch-role", quoted(role));
      } catch (SQLException e) {
        if (!SqlErrors.state(e).equals("42710")) {
          throw SqlErrors.translate(e, target());
        }
      }
    }
  }

  /** Puts in what scripts take for granted. */
  Furniture furniture() {
    return new Furniture(session, "a scratch database");
  }

  Target target() {
    return session.target();
  }

  /** Disconnects and leaves it, for somebody who ends its server. */
  void disconnect() {
    session.close();
  }

  /** Disconnects and drops it. */
  @Override
  public void close() {
    disconnect();
    try (PostgresConnection connection = connector.open(server)) {
      drop(connection.jdbc(), name);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, server);
    }
  }

  /**
   * Drops a database of ours and ends the sessions in it. A superuser's are not ours to end; as a
   * rule that is the server's autovacuum, which gives way to who does not insist.
   */
  static void drop(Connection jdbc, String name) throws SQLException {
    try (Statement statement = jdbc.createStatement()) {
      try {
        statement.execute(SqlResource.read("scratch-drop").formatted(name));
      } catch (SQLException e) {
        if (!SqlErrors.state(e).equals("42501")) {
          throw e;
        }
        statement.execute(SqlResource.read("scratch-drop-alone").formatted(name));
      }
    }
  }

  private static void execute(PostgresConnection connection, String resource, Object... names)
      throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute(SqlResource.read(resource).formatted(names));
    }
  }

  static StampguardException mayNotCreate(Target server) {
    return new StampguardException(
        ExitCode.NO_ACCESS,
        "role `%s` may not create a scratch database".formatted(server.user()),
        "grant it CREATEDB, or name another place with `--scratch URL`");
  }
}
