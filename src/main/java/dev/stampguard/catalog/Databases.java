package dev.stampguard.catalog;

import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import java.util.List;
import java.util.TreeSet;

/** The neighbours of a database on its server. */
public final class Databases {
  private Databases() {}

  /** The server's other databases that this role may connect to, sorted; no templates. */
  public static List<String> list(ReadOnlyTransaction transaction) {
    return transaction.run(
        Query.of(
            SqlResource.read("databases"),
            rows -> {
              var names = new TreeSet<String>();
              while (rows.next()) {
                names.add(rows.getString(1));
              }
              return List.copyOf(names);
            }));
  }
}
