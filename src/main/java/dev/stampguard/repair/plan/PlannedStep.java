package dev.stampguard.repair.plan;

import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.repair.Hazard;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A step in its place in a plan.
 *
 * @param number counted from 1
 * @param segment the transaction it belongs to, counted from 1
 * @param alone whether it commits by itself, so that its segment is no transaction of ours
 * @param step what is done
 * @param reason the finding that it helps to end; empty when it serves none in particular
 * @param hazards what somebody has to allow for it, in the order of {@link Hazard}
 */
public record PlannedStep(
    int number,
    int segment,
    boolean alone,
    RepairStep step,
    Optional<FindingCode> reason,
    List<Hazard> hazards) {
  public PlannedStep {
    if (number < 1 || segment < 1) {
      throw new IllegalArgumentException("steps and segments count from 1");
    }
    Objects.requireNonNull(step);
    Objects.requireNonNull(reason);
    hazards = ordered(hazards);
  }

  PlannedStep repeating(UnaryOperator<String> command) {
    return new PlannedStep(number, segment, alone, step.repeating(command), reason, hazards);
  }

  static List<Hazard> ordered(Collection<Hazard> hazards) {
    Set<Hazard> set = EnumSet.noneOf(Hazard.class);
    set.addAll(hazards);
    return List.copyOf(set);
  }
}
