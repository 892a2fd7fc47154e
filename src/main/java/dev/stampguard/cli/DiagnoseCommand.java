package dev.stampguard.cli;

import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.service.Examination;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The whole story. */
@Command(
    name = "diagnose",
    description =
        "Tell the whole story: target, claims, truth, findings, every revision's state, ways out.")
final class DiagnoseCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin CommonOptions common;
  @Mixin InspectionOptions options;
  @Mixin GateOptions gate;

  DiagnoseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    var judging = Judging.of(setup, options, Judging.Replays.BY_ITSELF);
    Examination examination = judging.examine();
    List<Sibling> siblings = judging.siblings(examination);
    List<WayOut> ways =
        WaysOut.judge(
            examination.graph(),
            examination.diagnosis(),
            examination.expectation().gaps(),
            siblings);
    setup.print(
        judging.report(
            DiagnosisReport.Command.DIAGNOSE,
            examination,
            Optional.of(siblings),
            Optional.of(ways)));
    judging.warn(examination.diagnosis());
    return judging.exitCode(examination.diagnosis(), gate).code();
  }
}
