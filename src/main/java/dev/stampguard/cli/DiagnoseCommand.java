package dev.stampguard.cli;

import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.repair.plan.Rerun;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Discrepancy;
import dev.stampguard.report.Outcome;
import dev.stampguard.service.Examination;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole story. */
@Command(
    name = "diagnose",
    description =
        "Tell the whole story: target, claims, truth, findings, every revision's state, ways out.")
final class DiagnoseCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin InspectionOptions options;
  @Mixin GateOptions gate;

  @Option(names = "--open", description = "Show the page that --output html writes in a browser.")
  boolean open;

  DiagnoseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    if (open) {
      PageOpener.prepare(setup, common);
    }
    var judging = Judging.of(setup, options, Judging.Replays.BY_ITSELF);
    List<Examination> all = judging.examineClosely();
    Examination examination = all.getFirst();
    List<Sibling> siblings = judging.siblings(examination);
    DiagnosisReport report =
        judging
            .report(
                DiagnosisReport.Command.DIAGNOSE,
                examination,
                Optional.of(siblings),
                Optional.of(
                    judging
                        .otherTools()
                        .open(ways(judging, examination, siblings, judging.running()))))
            .with(
                Discrepancy.all(
                    examination.diagnosis(),
                    examination.expectation(),
                    examination.seen().catalog()))
            .beside(
                judging.stories(
                    all,
                    (own, one) -> Optional.of(ways(own, one, List.of(), WaysOut.Running.FREE))));
    Outcome outcome = new Gate(setup, gate).outcome(report);
    setup.print(report, outcome);
    if (setup.format() != OutputFormat.TEXT) {
      judging.warn(report); // The text says it itself.
    }
    if (open) {
      new PageOpener(invocation).open(setup.output().file(common.outputFile), setup.isQuiet());
    }
    return outcome.exitCode().code();
  }

  private static List<WayOut> ways(
      Judging judging, Examination examination, List<Sibling> siblings, WaysOut.Running running) {
    return Rerun.mentioned(
        WaysOut.judge(
            examination.graph(),
            examination.diagnosis(),
            judging.gaps(examination),
            siblings,
            running),
        judging.project()::scripts,
        examination.diagnosis());
  }
}
