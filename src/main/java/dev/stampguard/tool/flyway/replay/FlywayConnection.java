package dev.stampguard.tool.flyway.replay;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.target.Target;
import dev.stampguard.tool.flyway.replay.ParsedScript.UnusableScriptException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A connection on which scripts run as Flyway would run them. */
final class FlywayConnection implements AutoCloseable {
  private final PostgresConnection connection;
  private final FlywayRun run;
  private String ownPath;
  private String schema;

  FlywayConnection(PostgresConnection connection, FlywayRun run) {
    this.connection = connection;
    this.run = run;
  }

  /** Puts Flyway's schema first, after making what is missing of its schemas. */
  void prepare() throws SQLException {
    limit(run.limit());
    ownPath = text("SHOW search_path");
    if (run.settings().createsSchemas()) {
      for (String name : run.settings().schemas()) {
        execute("CREATE SCHEMA IF NOT EXISTS " + Identifiers.quote(name));
      }
    }
    settle();
    schema =
        run.ledger().schema().isPresent()
            ? run.ledger().schema().get()
            : text("SELECT coalesce(current_schema(), 'public')");
  }

  private void limit(Duration limit) throws SQLException {
    execute("SET statement_timeout = " + limit.toMillis());
  }

  /** What Flyway restores after every migration: role and search path. */
  void settle() throws SQLException {
    execute("RESET ROLE");
    String first =
        run.settings().schemas().stream()
            .findFirst()
            .map(name -> Identifiers.quote(name) + (ownPath.isBlank() ? "" : ", " + ownPath))
            .orElse(ownPath);
    try (PreparedStatement set =
        jdbc().prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
      set.setString(1, first);
      set.execute();
    }
  }

  Connection jdbc() {
    return connection.jdbc();
  }

  PostgresConnection connection() {
    return connection;
  }

  Target target() {
    return connection.target();
  }

  QualifiedName ledger() {
    return new QualifiedName(schema, run.ledger().table());
  }

  ParsedScript parse(RunnableScript script) throws UnusableScriptException {
    return ParsedScript.of(script, run.settings(), target(), schema, run.ledger().table());
  }

  boolean isLedgerThere() throws SQLException {
    try (PreparedStatement query =
        jdbc().prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
      query.setString(1, ledger().toString());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  String text(String sql) throws SQLException {
    try (Statement statement = jdbc().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
