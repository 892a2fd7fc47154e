package dev.stampguard.service.repair;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes that a failed concurrent build left behind. A dump does not have them, so a copy made of
 * one would differ from its database in what the repair must leave alone, or is to mend.
 *
 * @param statements what builds them concurrently
 */
record InvalidIndexes(List<String> statements) {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  InvalidIndexes {
    statements = List.copyOf(statements);
  }

  static InvalidIndexes of(ReadOnlyTransaction transaction) {
    return new InvalidIndexes(
        transaction.run(
            Query.of(
                SqlResource.read("invalid-indexes"),
                rows -> {
                  var statements = new ArrayList<String>();
                  while (rows.next()) {
                    statements.add(rows.getString(1));
                  }
                  return statements;
                })));
  }

  /**
   * Makes them in a copy of the schema, by builds that fail as well: each has to wait for a
   * snapshot that is older, and gives up. Only a superuser could mark a finished one as invalid.
   */
  void leaveIn(Target copy, PostgresConnector connector) {
    if (statements.isEmpty()) {
      return;
    }
    try (PostgresConnection holder = connector.open(copy);
        ReadOnlyTransaction snapshot = holder.readOnly();
        PostgresConnection builder = connector.open(copy);
        Statement statement = builder.jdbc().createStatement()) {
      snapshot.run(Query.of("SELECT 1", rows -> rows.next()));
      statement.setEscapeProcessing(false);
      statement.execute("SET lock_timeout = '50ms'");
      for (String build : statements) {
        leave(statement, build);
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, copy);
    }
  }

  private static void leave(Statement statement, String build) throws SQLException {
    try {
      statement.execute(build);
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(SqlErrors.state(e))) {
        throw e;
      }
    }
  }
}
