package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.Revision;
import java.util.List;
import java.util.Objects;

/**
 * What is true of one revision.
 *
 * @param revision the revision
 * @param recorded whether the ledger claims it
 * @param evidence what the catalog shows
 * @param state both together
 * @param missing objects it owes that are not there; what lies inside a missing relation is folded
 *     into the relation
 * @param different objects that are neither as before nor as after, and objects it should have
 *     dropped that are left over
 * @param present objects it owes that are there, folded likewise
 * @param exact false when its script could not be read completely
 */
public record RevisionDiagnosis(
    Revision revision,
    boolean recorded,
    Evidence evidence,
    RevisionState state,
    List<ObjectName> missing,
    List<ObjectName> different,
    List<ObjectName> present,
    boolean exact) {
  public RevisionDiagnosis {
    Objects.requireNonNull(revision);
    Objects.requireNonNull(evidence);
    Objects.requireNonNull(state);
    missing = List.copyOf(missing);
    different = List.copyOf(different);
    present = List.copyOf(present);
  }
}
