package dev.stampguard.tool;

import dev.stampguard.postgres.PinnedSettings;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.StatementTimeout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is read in an open transaction of a {@link ChangeSession}: as the connection would read by
 * itself, whatever role and path the changes set, and behind a savepoint, so that all settings stay
 * as they were.
 */
public final class SessionReads {
  private final PostgresConnection connection;
  private final ChangeLimits limits;

  public SessionReads(PostgresConnection connection, ChangeLimits limits) {
    this.connection = Objects.requireNonNull(connection);
    this.limits = Objects.requireNonNull(limits);
  }

  /**
   * Catalog and ledger.
   *
   * @throws dev.stampguard.StampguardException as {@link SqlErrors#translate} says
   */
  public Inspection look(LedgerReader reader) {
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
        connection.version(),
        reader);
  }

  /**
   * The rows of a query; a NULL is {@code null}.
   *
   * @param before statements that make this read different from others
   * @param limit how long it may take
   * @throws dev.stampguard.StampguardException as {@link SqlErrors#translate} says
   */
  public List<List<String>> query(List<String> before, String sql, StatementTimeout limit) {
    var settings = new ArrayList<>(before);
    settings.add(pinned(limit));
    return behindSavepoint(settings, RowQuery.each(sql, Row::texts));
  }

  /** The rows of a query as the transaction is, with no savepoint and no settings of its own. */
  public <T> T rows(RowQuery<T> query) throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(query.sql())) {
        return RowQuery.read(rows, query.reader().get());
      }
    }
  }

  private String pinned(StatementTimeout timeout) {
    return PinnedSettings.sql(timeout, limits.lock());
  }

  private <T> T behindSavepoint(List<String> settings, RowQuery<T> query) {
    try {
      execute("SAVEPOINT look");
      try {
        for (String setting : SqlResource.statements("as-connected")) {
          execute(setting);
        }
        for (String setting : settings) {
          execute(setting);
        }
        return rows(query);
      } finally {
        execute("ROLLBACK TO SAVEPOINT look");
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
