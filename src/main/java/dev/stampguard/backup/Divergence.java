package dev.stampguard.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What somebody did to a database since a recorded state, as far as going back to it would lose it.
 *
 * @param losses one short text for each table or other thing, for example {@code public.users (2
 *     rows written, 1 row more)}
 */
public record Divergence(List<String> losses) {
  public Divergence {
    losses = List.copyOf(losses);
  }

  /** Whether nothing would be lost. */
  public boolean isEmpty() {
    return losses.isEmpty();
  }

  /**
   * Compares.
   *
   * @param recorded the state to go back to, or the one that a repair left
   * @param present what there is now
   * @param written how many rows of each table the recorded state cannot have seen
   * @param keepsRows of which tables the present rows are kept, so that none of them is lost
   */
  public static Divergence between(
      DatabaseState recorded,
      DatabaseState present,
      SortedMap<String, Long> written,
      Predicate<String> keepsRows) {
    Objects.requireNonNull(keepsRows);
    var losses = new ArrayList<String>();
    boolean isTableChanged = false;
    for (String table : names(recorded, present)) {
      var changes = new ArrayList<String>();
      TableState then = recorded.tables().get(table);
      TableState now = present.tables().get(table);
      if (then == null) {
        changes.add("made since, " + count(now.rows(), "row"));
      } else if (now == null) {
        changes.add("dropped since");
      } else {
        if (!then.digest().equals(now.digest())) {
          changes.add("altered");
        }
        if (!keepsRows.test(table)) {
          rows(changes, then.rows(), now.rows(), written.getOrDefault(table, 0L));
        }
      }
      if (!changes.isEmpty()) {
        losses.add("`%s` (%s)".formatted(table, String.join(", ", changes)));
      }
      isTableChanged |= then == null || now == null || !then.digest().equals(now.digest());
    }
    if (!recorded.ledger().equals(present.ledger())) {
      losses.add(
          "the ledger (records %s instead of %s)"
              .formatted(ids(present.ledger()), ids(recorded.ledger())));
    }
    if (!recorded.fingerprint().equals(present.fingerprint()) && !isTableChanged) {
      losses.add("the schema (other objects than tables were changed)");
    }
    if (recorded.largeObjects() != present.largeObjects()) {
      losses.add(
          "large objects (%s instead of %s)"
              .formatted(present.largeObjects(), recorded.largeObjects()));
    }
    return new Divergence(losses);
  }

  private static Set<String> names(DatabaseState recorded, DatabaseState present) {
    var names = new TreeSet<>(recorded.tables().keySet());
    names.addAll(present.tables().keySet());
    return names;
  }

  private static void rows(List<String> changes, long then, long now, long written) {
    if (written > 0) {
      changes.add(count(written, "row") + " written");
    }
    if (now < then) {
      changes.add(count(then - now, "row") + " fewer");
    } else if (now > then && written == 0) {
      changes.add(count(now - then, "row") + " more");
    }
  }

  private static String ids(List<String> ledger) {
    return ledger.isEmpty() ? "nothing" : "`" + String.join("`, `", ledger) + "`";
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
