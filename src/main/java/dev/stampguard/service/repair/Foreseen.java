package dev.stampguard.service.repair;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.plan.PlanDraft;
import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RunSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Hazards of plans that are known before anything is tried.
 *
 * @param project whose revisions run
 * @param settings how they run
 * @param database where
 */
public record Foreseen(MigrationProject project, RunSettings settings, Target database) {
  public Foreseen {
    Objects.requireNonNull(project);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(database);
  }

  /**
   * What somebody will have to allow for a plan, as far as that is known now, in the order of
   * {@link Hazard}.
   *
   * @param table the ledger
   * @param isAllowed whether the project's code runs, whatever the settings say
   */
  public List<Hazard> of(PlanDraft plan, QualifiedName table, boolean isAllowed) {
    Set<Hazard> hazards = EnumSet.noneOf(Hazard.class);
    for (PlanDraft.Step step : plan.steps()) {
      hazards.addAll(step.hazards());
      if (!hazards.contains(Hazard.NOT_ATOMIC) && isOutsideTransaction(step.step(), table)) {
        hazards.add(Hazard.NOT_ATOMIC);
      }
    }
    if ((isAllowed || settings.projectEnvironment()) && needsProject(plan)) {
      hazards.add(Hazard.RUNS_PROJECT_CODE);
    }
    return List.copyOf(hazards);
  }

  /** Whether a plan cannot be carried out without what runs the project's revisions. */
  private boolean needsProject(PlanDraft plan) {
    return plan.runsRevisions() || project.ledgerChanger(settings).isEmpty();
  }

  /** Whether a step commits by itself, and its script says so. */
  boolean isOutsideTransaction(RepairStep step, QualifiedName table) {
    return step instanceof RepairStep.RunRevision run
        && project.isOutsideTransaction(run.revision(), settings, database, table);
  }
}
