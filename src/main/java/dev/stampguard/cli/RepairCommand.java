package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.report.RepairReport;
import dev.stampguard.service.repair.Milestones;
import dev.stampguard.service.repair.Preparation;
import dev.stampguard.service.repair.RepairService;
import dev.stampguard.service.repair.RepairService.Outcome;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans a repair, and carries it out when it is told to. */
@Command(
    name = "repair",
    description = "Plan what ends the findings; with --apply back up, repair, verify, or undo.")
final class RepairCommand implements Callable<Integer> {
  private final Invocation invocation;
  private final Milestones milestones;

  @Mixin CommonOptions common;
  @Mixin InspectionOptions options;
  @Mixin RepairOptions repair;
  @Mixin BackupOptions backup;

  RepairCommand(Invocation invocation) {
    this(invocation, Milestones.UNHEARD);
  }

  /**
   * @param milestones hears where the repair is
   */
  RepairCommand(Invocation invocation, Milestones milestones) {
    this.invocation = invocation;
    this.milestones = milestones;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    var same = new SameTarget(setup, common, backup, Optional.of(options));
    try {
      return run(setup, same);
    } catch (StampguardException e) {
      throw same.failure(e);
    }
  }

  private int run(Setup setup, SameTarget same) {
    var judging = Judging.of(setup, options, Judging.Replays.BY_ITSELF);
    var request =
        new RepairRequest(
            setup, judging, new BackupSetup(setup, invocation, backup), repair, options, same);
    request.requireAllowedTarget();
    judging.requireOthersHealthy(request.strategy());
    try (ProgressLine progress = setup.progress()) {
      return run(setup, request, request.service(progress, milestones));
    }
  }

  private int run(Setup setup, RepairRequest request, RepairService service) {
    if (!request.isToApply()) {
      service.unfinished(false).map(request::sameTarget).ifPresent(setup::warn);
      Preparation plan = service.prepare();
      request.requireAllRead(plan.plan());
      plan.noRehearsal().ifPresent(setup::warn);
      AcceptedRemarks.of(setup, plan.diagnosis());
      RepairReport report = request.report(plan, Optional.empty());
      request.save(report);
      setup.print(report);
      warnOfLack(setup, request, plan.plan());
      return ExitCode.OK.code();
    }
    if (!repair.yes) {
      new Question(invocation).requireAnswerable();
    }
    try (var lock = service.lock()) {
      service.unfinished(true).map(request::sameTarget).ifPresent(setup::warn);
      Preparation prepared = service.prepare();
      request.requireAllowedDatabase(prepared);
      request.requireAllRead(prepared.plan());
      AcceptedRemarks.of(setup, prepared.diagnosis());
      request.requireSaved(prepared.plan());
      request.requireAllowed(prepared.plan(), prepared.noRehearsal());
      request.rerun(prepared.plan()).ifPresent(setup::warn);
      if (!prepared.plan().isEmpty() && !isConfirmed(setup, request, prepared)) {
        setup.warn("nothing was changed");
        return ExitCode.REFUSED.code();
      }
      Outcome outcome = service.carryOut(prepared, lock);
      setup.print(request.report(prepared, Optional.of(outcome)));
      warnOfLack(setup, request, prepared.plan());
      return ExitCode.OK.code();
    }
  }

  private static void warnOfLack(Setup setup, RepairRequest request, RepairPlan plan) {
    if (!plan.isEmpty() && !setup.isQuiet()) {
      request.lack().ifPresent(setup::warn);
    }
  }

  /** A person sees the plan first; elsewhere {@code --yes} was required before. */
  private boolean isConfirmed(Setup setup, RepairRequest request, Preparation prepared) {
    if (repair.yes) {
      return true;
    }
    setup.output().showPlan(request.report(prepared, Optional.empty()));
    RepairPlan plan = prepared.plan();
    return new Question(invocation)
        .isAnsweredYes("Apply plan %s to `%s`?".formatted(plan.id(), plan.database()));
  }
}
