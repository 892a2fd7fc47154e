package dev.stampguard.service.recreate;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Owners and privileges of what is in a database, as statements that give them to the same objects
 * of another one.
 *
 * @param early about schemas and future objects: to run before scripts do
 * @param late about everything else
 */
record Privileges(List<String> early, List<String> late) {
  Privileges {
    early = List.copyOf(early);
    late = List.copyOf(late);
  }

  static Privileges read(ReadOnlyTransaction transaction) {
    return transaction.run(
        Query.of(
            SqlResource.read("recreate-privileges"),
            rows -> {
              var early = new ArrayList<String>();
              var late = new ArrayList<String>();
              while (rows.next()) {
                (rows.getBoolean(1) ? early : late).add(rows.getString(2));
              }
              return new Privileges(early, late);
            }));
  }

  /**
   * Gives them as far as the objects are there.
   *
   * @param isEarly whether scripts are still to run
   * @return one sentence for each that this role may not give, without a full stop
   */
  List<String> give(PostgresConnection connection, boolean isEarly) {
    var refused = new ArrayList<String>();
    var statements = new ArrayList<>(early);
    if (!isEarly) {
      statements.addAll(late);
    }
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          if (!SqlErrors.isRefusal(e)) {
            throw e;
          }
          if (SqlErrors.state(e).equals("42501")) {
            refused.add("`%s` is not permitted: %s".formatted(sql, SqlErrors.said(e)));
          }
          // Else: an object that the scripts do not make, or make of another kind.
        }
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, connection.target());
    }
    return refused;
  }
}
