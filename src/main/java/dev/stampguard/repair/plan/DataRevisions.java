package dev.stampguard.repair.plan;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Evidence;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.tool.LedgerMarks;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells of the revisions that left no trace whether they ran: those that plainly do nothing need no
 * answer, the true state answers for some of the recorded ones, and the others somebody has to
 * decide.
 */
final class DataRevisions {
  private final RevisionGraph graph;
  private final Map<String, RevisionDiagnosis> revisions = new HashMap<>();
  private final Map<String, List<SchemaOperation>> operations;
  private final Set<String> idle;
  private final Optional<TrueState> trueState;
  private final Set<String> failed;
  private final boolean isWithoutRows;

  /**
   * @param idle ids of revisions that did nothing, for certain
   */
  DataRevisions(Scripts scripts, Diagnosis diagnosis, Set<String> idle) {
    this.graph = scripts.graph();
    this.operations = scripts.operations();
    this.idle = Set.copyOf(idle);
    this.trueState = diagnosis.trueState();
    this.failed = diagnosis.ledger().marked(LedgerMarks::failed);
    this.isWithoutRows = diagnosis.tables() <= (diagnosis.ledger().exists() ? 1 : 0);
    diagnosis.revisions().forEach(revision -> revisions.put(revision.revision().id(), revision));
  }

  /** What is known of one. */
  enum Answer {
    /** It leaves traces, or does nothing: there is no question. */
    NO_QUESTION,
    RAN,
    DID_NOT_RUN,
    UNDECIDED
  }

  /** Of a recorded revision. */
  Answer ask(String revision) {
    if (idle.contains(revision) || !isTraceless(revision)) {
      return Answer.NO_QUESTION;
    }
    if (trueState.isPresent()) {
      if (graph.closure(trueState.get().lower()).contains(revision)) {
        return Answer.RAN;
      }
      if (!graph.closure(trueState.get().upper()).contains(revision)) {
        // What is merely pending before it came too late, and says nothing of what did run.
        return isBehindAHole(revision) ? Answer.DID_NOT_RUN : Answer.RAN;
      }
    }
    return mayBeLeftOut(revision) ? Answer.UNDECIDED : Answer.RAN;
  }

  /**
   * Whether a recorded revision would run for a second time if the ledger is right about it: only
   * what is not there before it speaks against that, which may have been dropped later. Not so
   * where there is no table beside the ledger whose rows could change, or where it is made to run
   * time and again.
   */
  boolean mayHaveRun(String revision) {
    return isTraceless(revision)
        && !idle.contains(revision)
        && !failed.contains(revision)
        && !isWithoutRows
        && graph.find(revision).filter(Revision::isRepeatable).isEmpty();
  }

  private boolean isBehindAHole(String revision) {
    return graph.closure(List.of(revision)).stream()
        .anyMatch(id -> revisions.get(id).state() == RevisionState.HOLLOW);
  }

  /**
   * Whether nothing says that a revision ran which the ledger does not claim and which changes only
   * data: that the schema is past it does not.
   */
  boolean isUnclaimed(String revision) {
    RevisionDiagnosis diagnosis = revisions.get(revision);
    return !diagnosis.recorded()
        && diagnosis.evidence() == Evidence.NONE
        && !idle.contains(revision)
        && !changesSchema(revision);
  }

  /** Whether it does something to the schema, which later revisions may have covered. */
  private boolean changesSchema(String revision) {
    return operations.getOrDefault(revision, List.of()).stream()
        .anyMatch(
            operation ->
                !(operation instanceof SchemaOperation.Unreadable)
                    && !(operation instanceof SchemaOperation.SetSearchPath));
  }

  private boolean isTraceless(String revision) {
    return revisions.get(revision).state() == RevisionState.ASSUMED;
  }

  /**
   * Whether it may have been left out along with a revision that never ran: nothing visible is
   * between them, and one needs the other, or it needs one of which the same is to be said. What is
   * in another branch, or of another application, is not in question for that.
   */
  private boolean mayBeLeftOut(String revision) {
    return reaches(
        revision, graph::needs, id -> isHollow(id) || reaches(id, graph::neededBy, this::isHollow));
  }

  private boolean isHollow(String revision) {
    return revisions.get(revision).state() == RevisionState.HOLLOW;
  }

  /** Whether a walk along revisions without a trace, this one among them, comes to such a one. */
  private boolean reaches(
      String revision, Function<String, Collection<String>> next, Predicate<String> end) {
    Deque<String> open = new ArrayDeque<>(List.of(revision));
    var seen = new HashSet<String>();
    while (!open.isEmpty()) {
      String id = open.pop();
      if (seen.add(id)) {
        if (end.test(id)) {
          return true;
        }
        if (isTraceless(id)) {
          open.addAll(next.apply(id));
        }
      }
    }
    return false;
  }
}
