package dev.stampguard.service.recreate;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Foreign keys, triggers and forced row security of a database, out of the way while rows are
 * copied.
 *
 * @param off statements that switch them off
 * @param on statements that switch them on again; a foreign key is proven by that
 */
record Suspension(List<String> off, List<String> on) {
  Suspension {
    off = List.copyOf(off);
    on = List.copyOf(on);
  }

  /**
   * Finds what acts on the rows of tables.
   *
   * @param tables those that rows are copied into
   */
  static Suspension of(ReadOnlyTransaction transaction, Set<QualifiedName> tables) {
    Set<String> names = tables.stream().map(QualifiedName::toString).collect(Collectors.toSet());
    return transaction.run(
        Query.of(
            SqlResource.read("recreate-suspend"),
            rows -> {
              var off = new ArrayList<String>();
              var on = new ArrayList<String>();
              while (rows.next()) {
                boolean isTouched =
                    rows.getArray(1) == null
                        || Stream.of((String[]) rows.getArray(1).getArray())
                            .anyMatch(names::contains);
                if (isTouched) {
                  off.add(rows.getString(2));
                  on.add(rows.getString(3));
                  Optional.ofNullable(rows.getString(4)).ifPresent(on::add);
                }
              }
              return new Suspension(off, on);
            }));
  }
}
