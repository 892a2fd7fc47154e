package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.TargetView;
import dev.stampguard.service.Examination;
import dev.stampguard.tool.MigrationProject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The revision graph, oldest first. */
@Command(
    name = "history",
    description = "List every revision, oldest first, with its state in the database.")
final class HistoryCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin InspectionOptions options;

  @Option(names = "--graph", description = "Draw the branches.")
  boolean graph;

  @Option(names = "--offline", description = "Read the scripts only; ask no database.")
  boolean offline;

  HistoryCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    setup.print(offline ? fromScripts(setup) : judged(setup));
    return ExitCode.OK.code();
  }

  private HistoryReport fromScripts(Setup setup) {
    MigrationProject project = setup.requireProject();
    return HistoryReport.offline(
        project.tool(),
        setup.location(project),
        project.scripts().graph(),
        ScriptExpectation.of(project.scripts(), "public"),
        graph);
  }

  private HistoryReport judged(Setup setup) {
    var judging = Judging.of(setup, options, Judging.Replays.ON_REQUEST);
    Examination examination = judging.examine();
    AcceptedRemarks.of(setup, examination.diagnosis());
    return HistoryReport.judged(
        TargetView.of(judging.target(), Optional.of(examination.serverVersion()), List.of()),
        judging.project().tool(),
        setup.location(judging.project()),
        examination.diagnosis(),
        examination.expectation(),
        graph);
  }
}
