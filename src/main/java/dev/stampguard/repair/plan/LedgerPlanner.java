package dev.stampguard.repair.plan;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.repair.plan.PlanDraft.Step;
import dev.stampguard.tool.LedgerMarks;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Plans the strategies that run the project's own revisions: {@code restamp} and {@code missing}.
 * Pure: decides from a diagnosis and what somebody said about revisions without a trace.
 */
public final class LedgerPlanner {
  private final RevisionGraph graph;
  private final Set<String> idle;
  private final Diagnosis diagnosis;
  private final DataRevisions data;
  private final Decisions decisions;
  private final LedgerWriting ledger;
  private final UnaryOperator<String> running;
  private final Rerun rerun;

  /**
   * @param versionColumn the ledger's column of ids, unquoted
   * @throws StampguardException (usage) when a decision names a revision that needs none
   */
  public LedgerPlanner(
      Scripts scripts, Diagnosis diagnosis, Decisions decisions, String versionColumn) {
    this(
        scripts,
        diagnosis,
        decisions,
        new LedgerSql(diagnosis.ledger().table(), versionColumn),
        UnaryOperator.identity(),
        List.of());
  }

  /**
   * @param ledger writes the ledger
   * @param running what of a script runs, for people, given its file
   * @param ways the ways out that are open
   * @throws StampguardException (usage) when a decision names a revision that needs none
   */
  public LedgerPlanner(
      Scripts scripts,
      Diagnosis diagnosis,
      Decisions decisions,
      LedgerWriting ledger,
      UnaryOperator<String> running,
      List<WayOut> ways) {
    this.rerun = Rerun.among(ways, decisions);
    this.running = Objects.requireNonNull(running);
    this.graph = scripts.graph();
    this.diagnosis = Objects.requireNonNull(diagnosis);
    this.idle = new HashSet<>(scripts.idle());
    // What the tool itself passed over did nothing.
    idle.addAll(diagnosis.ledger().marked(LedgerMarks::passed));
    this.data = new DataRevisions(scripts, diagnosis, idle);
    this.decisions = Objects.requireNonNull(decisions);
    this.ledger = Objects.requireNonNull(ledger);
    requireKnown(decisions.assumeApplied(), "--assume-applied");
    requireKnown(decisions.run(), "--run");
  }

  private void requireKnown(Set<String> revisions, String option) {
    for (String revision : revisions) {
      if (graph.find(revision).isEmpty()) {
        throw new StampguardException(
            ExitCode.USAGE,
            "`%s %s` names no revision".formatted(option, revision),
            "`stampguard history` lists them");
      }
    }
  }

  /**
   * Sets the ledger to where the schema really is, then runs what was recorded beyond. Of a ledger
   * that claims less than is there nothing runs, but what somebody says never ran.
   *
   * @throws StampguardException (refused) when the decisions contradict the order of the revisions
   */
  public PlanDraft restamp() {
    if (WaysOut.isOnlyLedger(diagnosis)) {
      return onlyLedger();
    }
    TrueState state =
        diagnosis
            .trueState()
            .orElseThrow(() -> new IllegalStateException("a restamp needs a true state"));
    var stamped = new HashSet<>(graph.closure(state.lower()));
    var undecided = new ArrayList<String>();
    Set<String> unclaimed = new HashSet<>(stamped);
    unclaimed.removeIf(id -> !data.isUnclaimed(id));
    Set<String> between = new HashSet<>(graph.closure(state.upper()));
    between.removeAll(stamped);
    between.removeIf(this::runsWheneverItChanges);
    stamped.removeAll(diagnosis.ledger().marked(LedgerMarks::outdated));
    for (Revision revision : graph.revisions()) {
      String id = revision.id();
      if (!between.contains(id)) {
        if (unclaimed.contains(id) && !decisions.cover(id)) {
          undecided.add(id);
        }
        continue;
      }
      boolean counts =
          idle.contains(id) || decisions.assumeApplied().contains(id) || isKnownToHaveRun(id);
      if (counts && stamped.containsAll(graph.needs(id))) {
        stamped.add(id);
      } else if (decisions.assumeApplied().contains(id)) {
        throw behindOneThatRuns(id, stamped);
      } else if (!idle.contains(id) && !decisions.run().contains(id)) {
        undecided.add(id);
      }
    }
    Set<String> run = new HashSet<>(diagnosis.ledger().recorded(graph));
    run.removeAll(stamped);
    requireNoneAssumed(run, stamped);
    var steps = new ArrayList<Step>();
    List<String> rows = diagnosis.ledger().rowsFor(graph, stamped);
    if (!rows.equals(diagnosis.ledger().rows()) || isMarked()) {
      steps.add(setLedger(rows, reason(run)));
    }
    for (Revision revision : graph.revisions()) {
      String id = revision.id();
      if (run.contains(id)) {
        steps.add(undecided.contains(id) ? run(revision, true) : runAgain(revision, true));
      } else if (unclaimed.contains(id) && decisions.run().contains(id)) {
        steps.add(run(revision, false)); // the ledger, set to what is beyond it, claims it by now
      }
    }
    return new PlanDraft(Strategy.RESTAMP, steps, undecided, ended());
  }

  /** What is recorded stays so and is only written otherwise, and nobody need be asked. */
  private PlanDraft onlyLedger() {
    Step step = correctLedger(reason(Set.of()));
    return new PlanDraft(Strategy.RESTAMP, List.of(step), List.of(), ended());
  }

  private Step correctLedger(Optional<FindingCode> reason) {
    return setLedger(diagnosis.ledger().rowsFor(graph, diagnosis.ledger().recorded(graph)), reason);
  }

  /** Makes the ledger say of what it records that it went well; empty when it does. */
  public Optional<Step> clearMarks() {
    return diagnosis.ledger().marked(LedgerMarks::failed).isEmpty()
        ? Optional.empty()
        : Optional.of(correctLedger(Optional.of(FindingCode.SG113)));
  }

  private boolean isMarked() {
    return !diagnosis.ledger().marked(LedgerMarks::failed).isEmpty()
        || !diagnosis.ledger().marked(LedgerMarks::edited).isEmpty();
  }

  /** Whether the ledger says so, nothing speaks against it, and nobody said otherwise. */
  private boolean isKnownToHaveRun(String id) {
    return diagnosis.ledger().recorded(graph).contains(id)
        && data.ask(id) == DataRevisions.Answer.RAN
        && !decisions.run().contains(id);
  }

  private boolean runsWheneverItChanges(String id) {
    return graph.find(id).filter(Revision::isRepeatable).isPresent();
  }

  /** What follows one that has to run is run by a restamp, whatever somebody knows of it. */
  private void requireNoneAssumed(Set<String> run, Set<String> stamped) {
    for (Revision revision : graph.revisions()) {
      String id = revision.id();
      if (run.contains(id) && decisions.assumeApplied().contains(id)) {
        String before =
            graph.needs(id).stream().filter(need -> !stamped.contains(need)).findFirst().orElse(id);
        throw new StampguardException(
            ExitCode.REFUSED,
            "`%s` cannot count as applied in a restamp, which runs `%s` before it"
                .formatted(id, before),
            "`stampguard repair --strategy missing --assume-applied %s` runs only what is missing"
                .formatted(ShellWords.quote(id)));
      }
    }
  }

  private StampguardException behindOneThatRuns(String id, Set<String> stamped) {
    String before =
        graph.needs(id).stream().filter(need -> !stamped.contains(need)).findFirst().orElseThrow();
    return new StampguardException(
        ExitCode.REFUSED,
        "`%s` cannot count as applied while `%s` before it does not".formatted(id, before),
        "say `--assume-applied %s` as well, or `--run %s`"
            .formatted(ShellWords.quote(before), ShellWords.quote(id)));
  }

  private Step setLedger(List<String> heads, Optional<FindingCode> reason) {
    boolean forgets =
        diagnosis.ledger().rows().stream()
            .anyMatch(row -> !graph.isDefined(row) && !heads.contains(row));
    return new Step(
        new RepairStep.SetLedger(
            diagnosis.ledger().table(),
            diagnosis.ledger().rows(),
            heads,
            ledger.set(diagnosis.ledger(), heads),
            ledger.undo(diagnosis.ledger())),
        reason,
        forgets ? Set.of(Hazard.FORGETS_UNKNOWN_REVISION) : Set.of(),
        false);
  }

  /** Runs exactly the revisions that left nothing; the ledger says already that they ran. */
  public PlanDraft missing() {
    var steps = new ArrayList<Step>();
    var undecided = new ArrayList<String>();
    for (RevisionDiagnosis revision : diagnosis.revisions()) {
      String id = revision.revision().id();
      if (diagnosis.ledger().marked(LedgerMarks::late).contains(id)
          && revision.state() == RevisionState.PENDING) {
        steps.add(run(revision.revision(), true));
      } else if (revision.state() == RevisionState.HOLLOW || decisions.run().contains(id)) {
        steps.add(
            run(revision.revision(), diagnosis.ledger().marked(LedgerMarks::failed).contains(id)));
      } else if (revision.recorded() && !decisions.assumeApplied().contains(id)) {
        switch (data.ask(id)) {
          case DID_NOT_RUN -> steps.add(runAgain(revision.revision(), false));
          case UNDECIDED -> undecided.add(id);
          case RAN, NO_QUESTION -> {
            // Nothing to do.
          }
        }
      }
    }
    Set<FindingCode> ends = ended();
    ends.remove(FindingCode.SG109); // The ledger's rows stay as they are.
    return new PlanDraft(Strategy.MISSING, steps, undecided, ends);
  }

  /**
   * Revisions whose data statements a repair by DDL alone leaves out, oldest first: those without a
   * trace that did not run for certain, or of which nobody can tell.
   */
  public List<String> dataLeftOut() {
    return diagnosis.revisions().stream()
        .filter(RevisionDiagnosis::recorded)
        .map(revision -> revision.revision().id())
        .filter(id -> !decisions.assumeApplied().contains(id))
        .filter(
            id ->
                switch (data.ask(id)) {
                  case DID_NOT_RUN, UNDECIDED -> true;
                  case RAN, NO_QUESTION -> false;
                })
        .toList();
  }

  private Step run(Revision revision, boolean recorded) {
    return run(revision, recorded, Optional.empty());
  }

  /** One that the ledger has as run, unless somebody said that it did not. */
  private Step runAgain(Revision revision, boolean recorded) {
    return run(
        revision,
        recorded,
        data.mayHaveRun(revision.id()) && !decisions.run().contains(revision.id())
            ? Optional.of(rerun)
            : Optional.empty());
  }

  private Step run(Revision revision, boolean recorded, Optional<Rerun> again) {
    return Step.of(
        new RepairStep.RunRevision(revision.id(), running.apply(revision.file()), recorded, again),
        reason(Set.of(revision.id())));
  }

  /** The first finding about one of these revisions, else the heaviest there is. */
  private Optional<FindingCode> reason(Set<String> ids) {
    List<Finding> repairable = repairable();
    return repairable.stream()
        .filter(finding -> finding.revisions().stream().anyMatch(ids::contains))
        .findFirst()
        .or(() -> repairable.stream().findFirst())
        .map(Finding::code);
  }

  private List<Finding> repairable() {
    return diagnosis.findings().stream().filter(WaysOut::isRepairable).toList();
  }

  /** Neither the ledger nor a revision that runs makes an invalid index valid: a graft does. */
  private Set<FindingCode> ended() {
    Set<FindingCode> codes = EnumSet.noneOf(FindingCode.class);
    repairable().forEach(finding -> codes.add(finding.code()));
    codes.remove(FindingCode.SG116);
    return codes;
  }
}
