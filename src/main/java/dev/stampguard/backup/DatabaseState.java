package dev.stampguard.backup;

import dev.stampguard.expectation.lock.CatalogFingerprint;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tells a database of one moment from the same database of another.
 *
 * @param fingerprint of its catalog without the ledger
 * @param tables by qualified name, quoted where SQL needs it; the ledger is one of them
 * @param ledger the recorded ids, sorted; empty when there are none, or no migration tool
 * @param snapshot which transactions' rows were visible, as PostgreSQL's {@code pg_snapshot}
 * @param identity which database it is, whatever its name; changes when it is made anew
 * @param largeObjects how many large objects it has
 */
public record DatabaseState(
    CatalogFingerprint fingerprint,
    SortedMap<String, TableState> tables,
    List<String> ledger,
    String snapshot,
    String identity,
    long largeObjects) {
  public DatabaseState {
    Objects.requireNonNull(fingerprint);
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    ledger = List.copyOf(ledger);
    if (!snapshot.matches("\\d+:\\d+:[\\d,]*")) {
      throw new IllegalArgumentException("not a pg_snapshot: " + snapshot);
    }
    Objects.requireNonNull(identity);
  }
}
