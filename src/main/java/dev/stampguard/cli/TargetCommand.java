package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.config.DatabasePolicy;
import dev.stampguard.report.TargetReport;
import dev.stampguard.report.TargetView;
import dev.stampguard.target.TargetResolution;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which database, from which source, and who loses. Connects to nothing. */
@Command(
    name = "target",
    description = "Say which database a run would use, which source says so, and which lose.")
final class TargetCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;

  TargetCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    TargetResolution resolution = setup.resolveTarget();
    setup.warnBeside(resolution.warnings());
    setup.print(report(setup, resolution, Optional.empty()));
    return setup.policy().filter(rule -> !rule.allows(resolution.target().database())).isPresent()
        ? ExitCode.FINDINGS.code()
        : ExitCode.OK.code();
  }

  /**
   * What is said of a target.
   *
   * @param switched how it came to be the target; empty when nothing was switched
   */
  static TargetReport report(
      Setup setup, TargetResolution resolution, Optional<TargetReport.Switch> switched) {
    return new TargetReport(
        TargetView.of(resolution.target(), Optional.empty(), resolution.warnings()),
        setup.below().map(Path::toString),
        resolution.losing().stream()
            .map(losing -> new TargetReport.Losing(losing.source(), losing.database()))
            .toList(),
        setup.policy().map(DatabasePolicy::patterns),
        runs(setup, resolution.target().database()),
        switched);
  }

  private static List<TargetReport.RunRule> runs(Setup setup, String database) {
    return setup.configuration().runPolicies().all().stream()
        .map(
            run ->
                new TargetReport.RunRule(
                    run.run(), run.policy().patterns(), run.policy().allows(database)))
        .toList();
  }
}
