package dev.stampguard.service.recreate;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.RowStream;
import dev.stampguard.postgres.SqlResource;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The session that writes copied rows. */
final class CopyTarget implements AutoCloseable {
  private final PostgresConnection connection;
  private final Statement statement;

  CopyTarget(PostgresConnection connection) throws SQLException {
    this.connection = Objects.requireNonNull(connection);
    this.statement = connection.jdbc().createStatement();
    statement.setEscapeProcessing(false);
    statement.execute(SqlResource.read("recreate-session"));
  }

  void execute(List<String> statements) throws SQLException {
    for (String sql : statements) {
      statement.execute(sql);
    }
  }

  /** Takes a table's rows over, in place of those it has. */
  void take(CopyPlan.Copy copy, PostgresConnection source) throws SQLException {
    String columns =
        copy.columns().stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    statement.execute("BEGIN");
    try {
      statement.execute(SqlResource.read("recreate-empty").formatted(copy.to().own()));
      if (!copy.columns().isEmpty()) {
        RowStream.copy(
            source,
            SqlResource.read("recreate-out").formatted(columns, copy.from().own()),
            connection,
            SqlResource.read("recreate-in").formatted(copy.to().name(), columns));
      }
      statement.execute("COMMIT");
    } catch (SQLException e) {
      rollback();
      throw e;
    }
  }

  private void rollback() {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction.
    }
  }

  /**
   * Brings a sequence as far as it was, and past every value of the column it fills.
   *
   * @param last the last value it gave; empty when it gave none
   * @param filled the column whose values are the sequence's own
   */
  void advance(SequenceState sequence, Optional<Long> last, Optional<SequenceState.Filled> filled)
      throws SQLException {
    String name =
        connection.jdbc().unwrap(PGConnection.class).escapeLiteral(sequence.name().toString());
    if (filled.isPresent()) {
      statement.execute(
          SqlResource.read("recreate-sequence")
              .formatted(
                  name,
                  last.map(String::valueOf).orElse("NULL"),
                  sequence.isDescending() ? "least" : "greatest",
                  sequence.isDescending() ? "min" : "max",
                  Identifiers.quote(filled.get().column()),
                  filled.get().table()));
    } else if (last.isPresent()) {
      statement.execute(SqlResource.read("recreate-sequence-alone").formatted(name, last.get()));
    }
  }

  /** Fills a materialized view anew. */
  void refresh(QualifiedName view) throws SQLException {
    statement.execute(SqlResource.read("recreate-view").formatted(view));
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
