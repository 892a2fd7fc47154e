package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.report.TargetReport;
import dev.stampguard.service.TargetSwitch;
import dev.stampguard.service.TargetSwitch.Switched;
import dev.stampguard.target.EnvEdit;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the project's file name another database. */
@Command(
    name = "use",
    description =
        "Make .env name another database of the same server: one value changes, a copy of the file"
            + " is kept. The database is checked first.")
final class TargetUseCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Spec CommandSpec spec;
  @Mixin RunOptions common;
  @Mixin InspectionOptions options;

  @Parameters(paramLabel = "DB", description = "The database that is to be used.")
  String database;

  @Option(
      names = "--allow-unhealthy",
      description = "Switch also to a database that is inconsistent, or cannot be judged.")
  boolean allowUnhealthy;

  TargetUseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    requireOptionsBehindUse();
    var setup = Setup.of(invocation, common);
    TargetResolution current = setup.resolveTarget();
    if (current.target().database().equals(database)) {
      setup.print(TargetCommand.report(setup, current, Optional.empty()));
      return ExitCode.OK.code();
    }
    setup.requireAllowed(database);
    var targetSwitch = new TargetSwitch(setup.targetRequest());
    EnvEdit edit = targetSwitch.plan(database);
    Optional<Verdict> verdict = judge(setup, targetSwitch.target(edit));
    Switched switched = targetSwitch.apply(edit);
    TargetResolution now = withWarnings(switched);
    String copy = Path.of(edit.name()).resolveSibling(switched.backup().getFileName()).toString();
    setup.warnBeside(now.warnings());
    setup.print(
        TargetCommand.report(
            setup,
            now,
            Optional.of(
                new TargetReport.Switch(
                    edit.where(),
                    edit.before(),
                    edit.after(),
                    verdict,
                    copy,
                    undo(setup, edit, copy)))));
    return ExitCode.OK.code();
  }

  private static TargetResolution withWarnings(Switched switched) {
    TargetResolution now = switched.resolution();
    List<String> all =
        Stream.of(now.warnings(), switched.edit().remarks(), switched.warnings())
            .flatMap(List::stream)
            .toList();
    return new TargetResolution(now.target(), now.losing(), all, now.disagreement());
  }

  /**
   * The way back leads to a database nobody has judged, and must not end at its verdict; to one
   * that this run may not use no command of ours leads.
   */
  private String undo(Setup setup, EnvEdit edit, String copy) {
    if (setup.policy().filter(rule -> !rule.allows(edit.before())).isPresent()) {
      return ShellWords.join(List.of("mv", copy, edit.name()));
    }
    var words = new ArrayList<>(List.of("stampguard", "target", "use", edit.before()));
    words.add("--allow-unhealthy");
    common.targetOptions().forEach((name, value) -> words.addAll(List.of(name, value)));
    return ShellWords.join(words);
  }

  /** What stands before `use` is the other command's, which is not run. */
  private void requireOptionsBehindUse() {
    var parent = spec.parent().commandLine().getParseResult();
    if (!parent.matchedOptions().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Option `%s` belongs behind `use`"
              .formatted(parent.matchedOptions().getFirst().longestName()));
    }
  }

  /** Empty when there is no migration tool to judge by: then it must at least let us in. */
  private Optional<Verdict> judge(Setup setup, Target target) {
    if (setup.tool().isEmpty()) {
      setup.patience().attempt(() -> setup.connector().open(target)).close();
      return Optional.empty();
    }
    var resolution = new TargetResolution(target, List.of(), List.of(), Optional.empty());
    Verdict verdict =
        Judging.of(setup, options, Judging.Replays.ON_REQUEST, resolution)
            .examine()
            .diagnosis()
            .verdict();
    boolean isHealthy = verdict == Verdict.CONSISTENT || verdict == Verdict.BEHIND;
    if (!isHealthy && !allowUnhealthy) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` is %s, and nothing was switched".formatted(database, verdict.label()),
          "choose another database, or switch all the same with `--allow-unhealthy`");
    }
    return Optional.of(verdict);
  }
}
