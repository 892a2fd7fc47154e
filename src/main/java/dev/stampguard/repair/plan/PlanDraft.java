package dev.stampguard.repair.plan;

import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a strategy would do, before anybody tried it: everything in one transaction.
 *
 * @param strategy the strategy
 * @param steps in order
 * @param undecided ids of revisions that change only data and of which somebody has to say whether
 *     they ran, oldest first
 * @param ends the findings that must be gone afterwards
 */
public record PlanDraft(
    Strategy strategy, List<Step> steps, List<String> undecided, Set<FindingCode> ends) {
  public PlanDraft {
    Objects.requireNonNull(strategy);
    steps = List.copyOf(steps);
    undecided = List.copyOf(undecided);
    ends = Set.copyOf(ends);
  }

  /** Whether a revision's own script runs. */
  public boolean runsRevisions() {
    return steps.stream().anyMatch(step -> step.step() instanceof RepairStep.RunRevision);
  }

  /** The same with a hazard that comes with its first step. */
  public PlanDraft with(Hazard hazard) {
    if (steps.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(steps);
    Step first = all.getFirst();
    Set<Hazard> hazards = EnumSet.of(hazard);
    hazards.addAll(first.hazards());
    all.set(0, new Step(first.step(), first.reason(), hazards, first.endsSegment()));
    return new PlanDraft(strategy, all, undecided, ends);
  }

  /**
   * A step without its place.
   *
   * @param reason the finding it helps to end
   * @param hazards what is known of it without trying
   * @param endsSegment whether nothing after it can share its transaction
   */
  public record Step(
      RepairStep step, Optional<FindingCode> reason, Set<Hazard> hazards, boolean endsSegment) {
    public Step {
      Objects.requireNonNull(step);
      Objects.requireNonNull(reason);
      hazards = Set.copyOf(hazards);
    }

    /** One of which nothing more is known. */
    public static Step of(RepairStep step, Optional<FindingCode> reason) {
      return new Step(step, reason, Set.of(), false);
    }
  }
}
