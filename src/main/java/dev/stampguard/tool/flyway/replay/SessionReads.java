package dev.stampguard.tool.flyway.replay;

import dev.stampguard.postgres.PinnedSettings;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.LedgerReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is read in an open transaction, as the role that connected, and behind a savepoint. */
final class SessionReads {
  private final FlywayConnection connection;
  private final ChangeLimits limits;

  SessionReads(FlywayConnection connection, ChangeLimits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  Inspection look(LedgerReader reader) {
    return Inspection.through(
        new Inspection.Rows() {
          @Override
          public <T> T of(RowQuery<T> query) {
            return behindSavepoint(List.of(pinned(limits.look())), query);
          }

          @Override
          public <T> T unpinned(RowQuery<T> query) {
            return behindSavepoint(List.of(), query);
          }
        },
        connection.target(),
        connection.connection().version(),
        reader);
  }

  /** Rows that are hidden are an error. */
  List<List<String>> query(String sql, Duration limit) {
    var before = new ArrayList<>(SqlResource.statements("rows-or-error"));
    before.add(pinned(new StatementTimeout(limit)));
    return behindSavepoint(before, RowQuery.each(sql, Row::texts));
  }

  private String pinned(StatementTimeout timeout) {
    return PinnedSettings.sql(timeout, limits.lock());
  }

  private <T> T behindSavepoint(List<String> before, RowQuery<T> query) {
    try {
      connection.execute("SAVEPOINT look");
      try {
        for (String setting : SqlResource.statements("as-connected")) {
          connection.execute(setting);
        }
        for (String setting : before) {
          connection.execute(setting);
        }
        return rows(query);
      } finally {
        connection.execute("ROLLBACK TO SAVEPOINT look");
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
  }

  <T> T rows(RowQuery<T> query) throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(query.sql())) {
        return RowQuery.read(rows, query.reader().get());
      }
    }
  }
}
