package dev.stampguard.catalog;

import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import java.util.List;
import java.util.TreeSet;

/** The databases of a server. */
public final class Databases {
  private Databases() {}

  /** The server's other databases that this role may connect to, sorted; no templates. */
  public static List<String> list(ReadOnlyTransaction transaction) {
    return transaction.run(names("databases"));
  }

  /**
   * All of the server's databases, sorted, this one too; no templates and no scratch databases.
   * Those that this role may not connect to are among them: who asks for them is told so.
   */
  public static List<String> all(ReadOnlyTransaction transaction) {
    return transaction.runLast(names("databases-all"));
  }

  private static Query<List<String>> names(String resource) {
    return Query.of(
        SqlResource.read(resource),
        rows -> {
          var names = new TreeSet<String>();
          while (rows.next()) {
            names.add(rows.getString(1));
          }
          return List.copyOf(names);
        });
  }
}
