package dev.stampguard.report;

import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.repair.plan.PlanOptions;
import dev.stampguard.repair.plan.RepairPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan, and what came of it when it was carried out.
 *
 * @param target the database
 * @param plan what is or was to be done
 * @param options what was asked besides
 * @param verification what is proven before and after the commit, one sentence each
 * @param applyWith the command line that carries the plan out, or where something is to be decided
 *     first, the one that plans with the decisions; shown in text only
 * @param result what came of it; empty when it was only planned
 */
public record RepairReport(
    TargetView target,
    RepairPlan plan,
    PlanOptions options,
    List<String> verification,
    String applyWith,
    Optional<Result> result)
    implements Report {
  public RepairReport {
    Objects.requireNonNull(target);
    Objects.requireNonNull(plan);
    Objects.requireNonNull(options);
    verification = List.copyOf(verification);
    Objects.requireNonNull(applyWith);
    Objects.requireNonNull(result);
  }

  /**
   * What carrying it out came to.
   *
   * @param verdict what a fresh look says afterwards
   * @param backup the backup's id; empty when none was made
   * @param undo the one command that takes everything back; empty when there is none
   * @param segments how many transactions it took
   * @param notes what was proven, in figures, one sentence each
   */
  public record Result(
      Verdict verdict,
      Optional<String> backup,
      Optional<String> undo,
      int segments,
      List<String> notes) {
    public Result {
      Objects.requireNonNull(verdict);
      Objects.requireNonNull(backup);
      Objects.requireNonNull(undo);
      notes = List.copyOf(notes);
    }
  }
}
