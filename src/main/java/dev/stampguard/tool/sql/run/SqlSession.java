package dev.stampguard.tool.sql.run;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A connection on which scripts run as their tool would run them. */
final class SqlSession implements AutoCloseable {
  private final PostgresConnection connection;
  private final SqlRun run;
  private String ownPath;
  private String schema;

  SqlSession(PostgresConnection connection, SqlRun run) {
    this.connection = connection;
    this.run = run;
  }

  /** Makes what is missing of the tool's schemas, and puts the search path right. */
  void prepare() throws SQLException {
    limit(run.limit());
    ownPath = text("SHOW search_path");
    for (String name : run.around().schemas()) {
      execute("CREATE SCHEMA IF NOT EXISTS " + Identifiers.quote(name));
    }
    settle();
    schema = run.ledger().schema().isPresent() ? run.ledger().schema().get() : found();
  }

  /** Where the ledger is, or else where names without a schema go. */
  private String found() throws SQLException {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      Ledger ledger = run.scripts().reader().read(transaction);
      if (ledger.exists()) {
        return ledger.table().schema();
      }
    }
    return text("SELECT coalesce(current_schema(), 'public')");
  }

  private void limit(Duration limit) throws SQLException {
    execute("SET statement_timeout = " + limit.toMillis());
  }

  /** Restores role and search path, which the script before may have set for itself. */
  void settle() throws SQLException {
    execute("RESET ROLE");
    String first =
        run.around()
            .first()
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

  ScriptBook.Place place() {
    return new ScriptBook.Place(target(), ledger());
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

  /** Rolls back what a script began and did not end, as the end of its session would. */
  void endWhatWasLeftOpen() throws SQLException {
    if (jdbc().unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
      execute("ROLLBACK");
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
