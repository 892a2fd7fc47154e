package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Outcome;
import dev.stampguard.service.Examination;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gate: silent when healthy, the exit code is the answer. */
@Command(
    name = CheckCommand.NAME,
    description =
        "Say by the exit code whether the database is what its ledger claims; silent when it is.")
final class CheckCommand implements Callable<Integer> {
  static final String NAME = "check";

  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin InspectionOptions options;
  @Mixin GateOptions gate;
  @Mixin FleetOptions fleet;

  @Option(
      names = "--offline",
      description = "Look at the scripts and stampguard.lock only; ask no database.")
  boolean offline;

  CheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The command without any option, which takes no parser: reading what it takes takes longer. */
  static CheckCommand bare(Invocation invocation) {
    var check = new CheckCommand(invocation);
    check.common = new RunOptions();
    check.options = new InspectionOptions();
    check.options.replay = new ReplayOptions();
    check.gate = new GateOptions();
    check.fleet = new FleetOptions();
    return check;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    if (offline) {
      return new OfflineCheck(setup, gate, fleet).run().code();
    }
    if (fleet.isAsked()) {
      return FleetCheck.of(invocation, setup, options, gate, fleet).run().code();
    }
    var judging = Judging.of(setup, options, Judging.Replays.ON_REQUEST);
    var end = new Gate(setup, gate);
    Optional<HealthMemory> memory =
        setup.isSilentWhenHealthy() ? judging.memory(end) : Optional.empty();
    Optional<List<Examination>> found =
        memory.isPresent()
            ? judging.examineUnlessKnown(memory.get())
            : Optional.of(judging.examineAll());
    if (found.isEmpty()) {
      return ExitCode.OK.code();
    }
    DiagnosisReport report = judging.report(DiagnosisReport.Command.CHECK, found.get());
    Outcome outcome = end.outcome(report);
    switch (setup.format()) {
      case JSON, GITHUB, SARIF, JUNIT, HTML, MERMAID, DOT, MARKDOWN -> setup.print(report, outcome);
      case TEXT ->
          setup
              .output()
              .printGate(Gate.hasToSay(report, outcome) ? Optional.of(report) : Optional.empty());
    }
    if (setup.isVerbose()) {
      judging.warn(report);
    } else {
      AcceptedRemarks.ofUnused(setup, report);
    }
    if (!Gate.hasToSay(report, outcome)
        && report.unusedAcceptances().isEmpty()
        && judging.isWhole()) {
      memory.ifPresent(HealthMemory::keep);
    }
    return outcome.exitCode().code();
  }
}
