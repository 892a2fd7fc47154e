package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.IdleRun;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Outcome;
import dev.stampguard.service.Examination;
import dev.stampguard.service.exec.PassThrough;
import dev.stampguard.target.Masking;
import dev.stampguard.tool.MigrationProject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs an upgrade between two looks. */
@Command(
    name = "exec",
    description = "Look, run a command, look again: did it change what it says it changed?",
    footer = {
      "",
      "The command's output, exit code and signals pass through. Where it ends with 0, the database"
          + " is looked at again: 3 when it changed nothing though revisions were missing or"
          + " pending (SG108), or for what `check` would exit with 3.",
      "",
      "  stampguard exec -- alembic upgrade head"
    })
final class ExecCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin InspectionOptions options;
  @Mixin GateOptions gate;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments; write -- before it.")
  List<String> command;

  private ExecCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** With a parser that leaves the command's own options alone. */
  static CommandLine of(Invocation invocation) {
    return new CommandLine(new ExecCommand(invocation)).setStopAtPositional(true);
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    if (setup.format() != OutputFormat.TEXT && common.outputFile == null) {
      throw new StampguardException(
          ExitCode.USAGE,
          "standard output belongs to the command, so the document needs a place of its own",
          "name a file with `-o FILE`");
    }
    var judging = Judging.of(setup, options, Judging.Replays.ON_REQUEST);
    setup.requireAllowed(judging.target().database());
    List<Examination> before = judging.examineAll();
    int exitCode =
        new PassThrough(invocation.directory(), invocation.environment(), invocation.inIsTerminal())
            .run(command);
    return exitCode == ExitCode.OK.code() ? judge(setup, judging, before) : exitCode;
  }

  private int judge(Setup setup, Judging judging, List<Examination> before) {
    DiagnosisReport report =
        judging.report(DiagnosisReport.Command.EXEC, judged(setup, before, judging.examineAll()));
    Outcome outcome = new Gate(setup, gate).outcome(report);
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
    return outcome.exitCode().code();
  }

  /** With what there is to say of a run that changed nothing that any of the tools looks at. */
  private List<Examination> judged(Setup setup, List<Examination> before, List<Examination> after) {
    String line = ShellWords.join(command);
    List<MigrationProject> tools = setup.tools();
    // A command that names one of the tools promises nothing of the others.
    List<MigrationProject> named =
        tools.stream().filter(tool -> line.contains(tool.tool())).toList();
    boolean unchanged =
        IntStream.range(0, after.size())
            .allMatch(i -> after.get(i).seen().equals(before.get(i).seen()));
    return IntStream.range(0, after.size())
        .mapToObj(
            i ->
                named.isEmpty() || named.contains(tools.get(i))
                    ? after
                        .get(i)
                        .with(
                            IdleRun.judge(
                                before.get(i).diagnosis(),
                                after.get(i).diagnosis(),
                                unchanged,
                                Masking.mask(line)))
                    : after.get(i))
        .toList();
  }
}
