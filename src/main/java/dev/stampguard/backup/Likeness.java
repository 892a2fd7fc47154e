package dev.stampguard.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whether a restored database is what its backup says.
 *
 * @param differences one short text for each difference; nothing when it is
 */
public record Likeness(List<String> differences) {
  public Likeness {
    differences = List.copyOf(differences);
  }

  /** Whether there is no difference. */
  public boolean isComplete() {
    return differences.isEmpty();
  }

  /**
   * Compares definitions, and the rows of some tables.
   *
   * @param expected what the backup says
   * @param restored what there is
   * @param held of which tables the rows must be there
   */
  public static Likeness between(
      DatabaseState expected, DatabaseState restored, Predicate<String> held) {
    var differences = new ArrayList<String>();
    var tables = new TreeSet<>(expected.tables().keySet());
    tables.addAll(restored.tables().keySet());
    for (String table : tables) {
      TableState then = expected.tables().get(table);
      TableState now = restored.tables().get(table);
      if (then == null) {
        differences.add("`%s` is too much".formatted(table));
      } else if (now == null) {
        differences.add("`%s` is missing".formatted(table));
      } else if (!then.digest().equals(now.digest())) {
        differences.add("`%s` is defined differently".formatted(table));
      } else if (held.test(table) && then.rows() != now.rows()) {
        differences.add("`%s` has %s rows instead of %s".formatted(table, now.rows(), then.rows()));
      }
    }
    if (differences.isEmpty() && !expected.fingerprint().equals(restored.fingerprint())) {
      differences.add("something else than a table is defined differently");
    }
    return new Likeness(differences);
  }

  /** The same with the ledger, where its rows must be there. */
  public Likeness andLedger(DatabaseState expected, DatabaseState restored) {
    if (expected.ledger().equals(restored.ledger())) {
      return this;
    }
    var more = new ArrayList<>(differences);
    more.add("the ledger records %s instead of %s".formatted(restored.ledger(), expected.ledger()));
    return new Likeness(more);
  }
}
