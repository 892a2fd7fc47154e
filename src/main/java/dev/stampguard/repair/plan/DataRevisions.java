package dev.stampguard.repair.plan;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Evidence;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  DataRevisions(Scripts scripts, Diagnosis diagnosis) {
    this.graph = scripts.graph();
    this.operations = scripts.operations();
    this.idle = scripts.idle();
    this.trueState = diagnosis.trueState();
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
      return graph.closure(trueState.get().upper()).contains(revision)
          ? Answer.UNDECIDED
          : Answer.DID_NOT_RUN;
    }
    return isBesideAHole(revision) ? Answer.UNDECIDED : Answer.RAN;
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
   * Whether a revision that never ran is next to it, with nothing visible in between: then it may
   * have been left out along with that one.
   */
  private boolean isBesideAHole(String revision) {
    Deque<String> open = new ArrayDeque<>(List.of(revision));
    var seen = new HashSet<String>();
    while (!open.isEmpty()) {
      String id = open.pop();
      if (seen.add(id)) {
        RevisionState state = revisions.get(id).state();
        if (state == RevisionState.HOLLOW) {
          return true;
        }
        if (state == RevisionState.ASSUMED) {
          open.addAll(graph.needs(id));
          open.addAll(graph.neededBy(id));
        }
      }
    }
    return false;
  }
}
