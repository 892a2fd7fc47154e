package dev.stampguard.repair.plan;

import dev.stampguard.repair.BackupKind;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was asked besides the strategy. A saved plan keeps it, so that it can be made again and
 * compared.
 *
 * @param decisions about revisions that change only data
 * @param backup what is backed up first
 * @param reference where missing objects are taken from, as it was named; empty for a replay
 * @param to the database to switch to; empty for the first consistent sibling
 * @param copyData whether a recreated database gets the old one's rows
 * @param redefine whether objects that are there in another form are changed too
 * @param terminate whether other sessions are ended where they are in the way
 * @param backfills what rows that are there get in a column that takes no nulls: an SQL expression
 *     by the column's qualified name
 */
public record PlanOptions(
    Decisions decisions,
    BackupKind backup,
    Optional<String> reference,
    Optional<String> to,
    boolean copyData,
    boolean redefine,
    boolean terminate,
    Map<String, String> backfills) {
  public PlanOptions {
    Objects.requireNonNull(decisions);
    Objects.requireNonNull(backup);
    Objects.requireNonNull(reference);
    Objects.requireNonNull(to);
    backfills = Map.copyOf(backfills);
  }

  /** Nothing was asked. */
  public static PlanOptions plain() {
    return new PlanOptions(
        Decisions.NONE,
        BackupKind.FULL,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        Map.of());
  }
}
