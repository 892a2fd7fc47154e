package dev.stampguard.postgres.scratch;

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
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * A database of ours on somebody's server. Its session stays connected for as long as it is in use,
 * which is how the next run tells a left-over from one that is needed.
 */
final class ScratchDatabase implements AutoCloseable {
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
      PostgresConnection session = connector.open(target);
      var database = new ScratchDatabase(connector, server, name, session);
      try {
        execute(session, "scratch-mark", name);
        database.takeOver(model.settings());
        database.takeOver(SCRIPTS_SETTINGS);
        for (String schema : model.schemas()) {
          execute(session, "scratch-schema", database.quoted(schema));
        }
      } catch (SQLException e) {
        database.close();
        throw SqlErrors.translate(e, target);
      }
      return database;
    } catch (SQLException e) {
      throw "42501".equals(e.getSQLState()) ? mayNotCreate(server) : SqlErrors.translate(e, server);
    }
  }

  private static void sweep(PostgresConnection connection) throws SQLException {
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

  private static String name(PostgresConnection connection) throws SQLException {
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
    try {
      create(connection, name, model.encoding(), model.locale());
    } catch (SQLException e) {
      if (!isRefusal(e) || "42501".equals(e.getSQLState())) {
        throw e;
      }
      // The server may lack the target's locale, or be too old to know its provider. Definitions
      // do not show a database's own collation, so the plain one serves.
      create(connection, name, model.encoding(), DatabaseModel.Locale.C);
    }
  }

  private static void create(
      PostgresConnection connection, String name, String encoding, DatabaseModel.Locale locale)
      throws SQLException {
    var quoting = connection.jdbc().unwrap(PGConnection.class);
    execute(
        connection,
        switch (locale.provider()) {
          case "i" -> "scratch-create-icu";
          case "b" -> "scratch-create-builtin";
          default -> "scratch-create";
        },
        name,
        quoting.escapeLiteral(encoding),
        quoting.escapeLiteral(locale.collate()),
        quoting.escapeLiteral(locale.ctype()),
        quoting.escapeLiteral(locale.name().orElse("")));
  }

  /** Takes settings over one by one: what this role or major does not know is left out. */
  private void takeOver(Map<String, String> settings) throws SQLException {
    for (var setting : settings.entrySet()) {
      try (PreparedStatement statement =
          session.jdbc().prepareStatement(SqlResource.read("scratch-set"))) {
        statement.setString(1, setting.getKey());
        statement.setString(2, setting.getValue());
        statement.execute();
        execute(session, "scratch-setting", name, quotedSetting(setting.getKey()));
        execute(session, "scratch-role-setting", name, quotedSetting(setting.getKey()));
      } catch (SQLException e) {
        if (!isRefusal(e)) {
          throw e;
        }
      }
    }
  }

  /** A setting's name; an extension's has two parts, which are quoted one by one. */
  private String quotedSetting(String name) throws SQLException {
    var quoted = new StringJoiner(".");
    for (String part : name.split("\\.")) {
      quoted.add(quoted(part));
    }
    return quoted.toString();
  }

  private String quoted(String identifier) throws SQLException {
    return session.jdbc().unwrap(PGConnection.class).escapeIdentifier(identifier);
  }

  /** Whether the server merely says no: unknown, not permitted, not valid here. */
  private static boolean isRefusal(SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    return state.startsWith("42") || state.startsWith("22") || state.startsWith("0A");
  }

  /** Makes the roles of the target that a throw-away server lacks. */
  void createRoles(List<String> roles) {
    for (String role : roles) {
      try {
        execute(session, "scratch-role", quoted(role));
      } catch (SQLException e) {
        if (!"42710".equals(e.getSQLState())) {
          throw SqlErrors.translate(e, target());
        }
      }
    }
  }

  /**
   * Installs extensions.
   *
   * @throws StampguardException (no access) when one is not to be had on this server
   */
  void installExtensions(List<String> extensions) {
    for (String extension : extensions) {
      install(extension, Optional.empty());
    }
  }

  /**
   * Installs the target's extensions where the target has them. Those that nothing depends on are
   * left out when they are not to be had.
   *
   * @throws StampguardException (no access) when one that something depends on is not to be had
   */
  void takeOver(List<DatabaseModel.Extension> extensions) {
    for (DatabaseModel.Extension extension : extensions) {
      try {
        install(
            extension.name(),
            Optional.of(extension.schema()).filter(schema -> !schema.startsWith("pg_")));
      } catch (StampguardException e) {
        if (extension.needed()) {
          throw e;
        }
      }
    }
  }

  private void install(String extension, Optional<String> schema) {
    try {
      String place = "";
      if (schema.isPresent()) {
        execute(session, "scratch-schema", quoted(schema.get()));
        place = "SCHEMA " + quoted(schema.get());
      }
      execute(session, "scratch-extension", quoted(extension), place);
    } catch (SQLException e) {
      throw new StampguardException(
          ExitCode.NO_ACCESS,
          "extension `%s` cannot be installed in a scratch database".formatted(extension),
          "install its package on this machine, or use a server that has it with `--scratch URL`");
    }
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
      execute(connection, "scratch-drop", name);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, server);
    }
  }

  private static void execute(PostgresConnection connection, String resource, Object... names)
      throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.execute(SqlResource.read(resource).formatted(names));
    }
  }

  private static StampguardException mayNotCreate(Target server) {
    return new StampguardException(
        ExitCode.NO_ACCESS,
        "role `%s` may not create a scratch database".formatted(server.user()),
        "grant it CREATEDB, or name another place with `--scratch URL`");
  }
}
