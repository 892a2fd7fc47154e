package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.IdleRun;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Outcome;
import dev.stampguard.service.Examination;
import dev.stampguard.service.exec.PassThrough;
import dev.stampguard.target.Masking;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    Examination before = judging.examine();
    int exitCode =
        new PassThrough(invocation.directory(), invocation.environment(), invocation.inIsTerminal())
            .run(command);
    return exitCode == ExitCode.OK.code() ? judge(setup, judging, before) : exitCode;
  }

  private int judge(Setup setup, Judging judging, Examination before) {
    Examination after = judging.examine();
    Diagnosis diagnosis =
        IdleRun.judge(
            before.diagnosis(),
            after.diagnosis(),
            after.seen().equals(before.seen()),
            Masking.mask(ShellWords.join(command)));
    var report =
        judging.report(
            DiagnosisReport.Command.EXEC,
            after.with(diagnosis),
            Optional.empty(),
            Optional.empty());
    Outcome outcome = judging.outcome(diagnosis, gate);
    switch (setup.format()) {
      case JSON, GITHUB, SARIF, JUNIT, HTML, MERMAID, DOT, MARKDOWN -> setup.print(report, outcome);
      case TEXT ->
          setup.printGate(
              Judging.hasToSay(diagnosis, outcome) ? Optional.of(report) : Optional.empty());
    }
    if (setup.isVerbose()) {
      judging.warn(diagnosis);
    } else {
      judging.warnOfUnused(diagnosis);
    }
    return outcome.exitCode().code();
  }
}
