package dev.stampguard.scenarios.history;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One case: a history, a ledger that claims something, and a database in which something is true.
 *
 * @param history the scripts
 * @param damage what kind of case it is
 * @param recorded the revisions that the ledger claims, down-closed
 * @param applied how many steps of each revision really ran; a revision that is not named did not
 * @param byHand SQL that somebody ran afterwards
 * @param ledger what the ledger looks like
 */
record Scene(
    History history,
    Damage damage,
    Set<String> recorded,
    Map<String, Integer> applied,
    List<String> byHand,
    LedgerForm ledger) {
  /** What was done to the database, or to the ledger. */
  enum Damage {
    NONE,
    STAMPED_AHEAD,
    HOLE,
    DIED_HALFWAY,
    OBJECT_DROPPED,
    OBJECT_ALTERED,
    UNRECORDED,
    EXTRAS,
    RESET,
    FROM_MODELS,
    LEFT_OVER,
    UNKNOWN_REVISION,
    LEDGER_LOST,
    /** Two of the others, each somewhere else in the history or on top of the other. */
    TWO_AT_ONCE
  }

  /** How the claim is written down. */
  enum LedgerForm {
    ROWS,
    EMPTY,
    ABSENT,
    /** One row that no script defines. */
    UNKNOWN
  }

  Scene {
    recorded = Set.copyOf(recorded);
    applied = Map.copyOf(applied);
    byHand = List.copyOf(byHand);
  }

  /** The ledger's rows. */
  List<String> rows() {
    return switch (ledger) {
      case ROWS -> history.rows(recorded);
      case EMPTY, ABSENT -> List.of();
      case UNKNOWN -> List.of("deadbeef");
    };
  }

  /** What the rows claim, as far as the scripts know them. */
  Set<String> claimed() {
    return ledger == LedgerForm.ROWS ? recorded : Set.of();
  }

  boolean hasRun(String revision) {
    return applied.containsKey(revision)
        && applied.get(revision) == history.script(revision).steps().size();
  }

  @Override
  public String toString() {
    return "%s; recorded %s, applied %s, ledger %s%n%s%s"
        .formatted(
            damage,
            history.heads(recorded),
            new TreeMap<>(applied),
            ledger,
            history,
            byHand.isEmpty() ? "" : "by hand: " + byHand + "\n");
  }
}
