package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.Setting;
import dev.stampguard.report.SnapshotReport;
import dev.stampguard.service.Snapshotter;
import dev.stampguard.service.Snapshotter.Snapshot;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays the scripts and writes the lock file. */
@Command(
    name = "snapshot",
    description =
        "Replay the scripts in a scratch database and write what each one leaves to"
            + " stampguard.lock.")
final class SnapshotCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin ReplayOptions replay;

  @Option(
      names = "--reference",
      paramLabel = "DB|URL",
      description =
          "Take from this database what the scripts need and none of them makes, to go on behind"
              + " such a gap.")
  String reference;

  @Option(
      names = "--check",
      description = "Write nothing; exit 3 when stampguard.lock is not what a replay gives.")
  boolean check;

  SnapshotCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    ReplaySettings settings = new ReplaySetup(setup, replay).settings();
    if (!settings.isAllowed()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "a snapshot cannot be taken without a scratch database",
          "name a place for it with `--scratch`");
    }
    setup.requireProject();
    if (setup.tools().size() > 1
        && (setup.format() == OutputFormat.JSON || setup.output().outputFile().isPresent())) {
      throw new StampguardException(
          ExitCode.USAGE,
          "a document is about one lock file, and here are several migration tools: %s"
              .formatted(
                  String.join(", ", setup.tools().stream().map(MigrationProject::tool).toList())),
          "name one of them with `--tool`");
    }
    boolean isCurrent = true;
    for (MigrationProject project : setup.tools()) {
      isCurrent &= take(setup, project, settings);
    }
    return (check && !isCurrent ? ExitCode.FINDINGS : ExitCode.OK).code();
  }

  /**
   * Takes one tool's snapshot.
   *
   * @return whether its lock file said so already
   */
  private boolean take(Setup setup, MigrationProject project, ReplaySettings settings) {
    Path file = setup.lockFile(project);
    var snapshotter = new Snapshotter(setup.connector(), project, file);
    Snapshot snapshot;
    try (ProgressLine progress = setup.progress()) {
      snapshot = snapshotter.take(target(setup), reference(setup), settings, progress);
    }
    if (!check && !snapshot.isCurrent()) {
      snapshotter.write(snapshot);
    }
    setup.print(
        new SnapshotReport(
            file.getFileName().toString(),
            snapshot.lock().revisions().size(),
            snapshot.lock().objects().size(),
            !snapshot.isCurrent(),
            check,
            "PostgreSQL " + snapshot.lock().postgresMajor(),
            snapshot.remarks(),
            snapshot.previous()));
    if (!setup.isQuiet()) {
      new UnjudgedRemark(setup, project, settings.run()).of(snapshot.unjudged());
    }
    return snapshot.isCurrent();
  }

  private Optional<Target> reference(Setup setup) {
    return Optional.ofNullable(reference)
        .or(() -> setup.configuration().reference().map(Setting::value))
        .map(text -> setup.database(text, "--reference"));
  }

  /** Scripts can be replayed without any database of their own. */
  private Optional<Target> target(Setup setup) {
    try {
      return Optional.of(setup.resolveTarget().target());
    } catch (StampguardException e) {
      if (setup.isTargetNamed()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
