package dev.stampguard.catalog;

import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts rows, all of them, which takes as long as reading the tables. */
public final class RowCounts {
  private RowCounts() {}

  /**
   * Exact counts in one statement, all of the same moment.
   *
   * @param tables existing tables
   * @throws dev.stampguard.StampguardException (no access) when the role may not read one of them,
   *     or not all of its rows
   */
  public static SortedMap<QualifiedName, Long> read(
      ReadOnlyTransaction transaction, Collection<QualifiedName> tables) {
    var sorted = List.copyOf(new TreeSet<>(tables));
    if (sorted.isEmpty()) {
      return Collections.emptySortedMap();
    }
    String one = SqlResource.read("row-count");
    String counts =
        sorted.stream()
            .map(table -> "(" + one.formatted(table) + ")")
            .collect(Collectors.joining(",\n"));
    return transaction.run(
        Query.of(
            SqlResource.read("row-counts").formatted(counts),
            rows -> {
              var result = new TreeMap<QualifiedName, Long>();
              for (QualifiedName table : sorted) {
                rows.next();
                result.put(table, rows.getLong(1));
              }
              return Collections.unmodifiableSortedMap(result);
            }));
  }
}
