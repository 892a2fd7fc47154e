package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Writers of one object of which neither needs the other. What they leave is known for one order of
 * them; a database may have run them in another, or one of them only.
 *
 * @param recorded ids that the ledger claims
 */
record Branches(RevisionGraph graph, ObjectHistory history, Set<String> recorded) {
  /**
   * Whether an object that is not as its last recorded writer left it may be right all the same.
   *
   * @param fits its forms, as in {@link Trace}
   * @param isOfView whether its definition depends on other objects
   */
  boolean leaveOpen(List<Write> writes, BitSet fits, BooleanSupplier isOfView) {
    int last = Trace.last(writes, recorded);
    if (last == 0 || fits.get(last)) {
      return false;
    }
    if (fits.isEmpty()) {
      return hasUnordered(writes.subList(0, last))
          || (isOfView.getAsBoolean() && ranWithOthers(writes.get(last - 1)));
    }
    int latest = fits.previousSetBit(last);
    return latest > 0 && mayBeLast(writes.get(latest - 1), writes.subList(latest, last));
  }

  /**
   * Whether the order of writers matters: of all of a type's, whose labels stay in the order in
   * which they came; of anything else's only as long as nobody has written after both branches.
   */
  private boolean hasUnordered(List<Write> writes) {
    boolean isType = writes.getFirst().effect().object().kind() == ObjectKind.TYPE;
    for (Write write : writes) {
      if (recorded.contains(write.revision())
          && (isType || writes.stream().noneMatch(other -> isAfter(other, write)))
          && writes.stream().anyMatch(other -> isUnordered(write, other))) {
        return true;
      }
    }
    return false;
  }

  private boolean isAfter(Write later, Write earlier) {
    return recorded.contains(later.revision())
        && !later.equals(earlier)
        && graph.closure(List.of(later.revision())).contains(earlier.revision());
  }

  /** Whether a recorded revision may have run after all recorded ones among others. */
  private boolean mayBeLast(Write write, List<Write> others) {
    return recorded.contains(write.revision())
        && others.stream()
            .filter(other -> recorded.contains(other.revision()))
            .allMatch(other -> isUnordered(write, other));
  }

  private boolean isUnordered(Write left, Write right) {
    return !graph.closure(List.of(left.revision())).contains(right.revision())
        && !graph.closure(List.of(right.revision())).contains(left.revision());
  }

  /** Whether revisions that are not recorded had run before it, when it was seen what it does. */
  private boolean ranWithOthers(Write write) {
    return graph.revisions().stream()
        .map(Revision::id)
        .anyMatch(id -> !recorded.contains(id) && history.isBefore(id, write.revision()));
  }
}
