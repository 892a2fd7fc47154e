package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.backup.Backup;
import dev.stampguard.report.BackupReport;
import dev.stampguard.service.backup.BackupVerifier;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves that a backup can be restored. */
@Command(
    name = "verify",
    description =
        "Restore a backup into a scratch database and compare it with what was backed up; exit 3"
            + " when it differs.")
final class BackupVerifyCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin BackupOptions options;

  @Parameters(
      paramLabel = "BACKUP",
      description = "Its id, or the beginning of it that no other shares.")
  String name;

  @Option(
      names = "--scratch",
      paramLabel = "WHERE",
      description =
          "Where a scratch database may be made: auto (a throw-away server on this machine, else the"
              + " target's if it is local), server (the target's, wherever it is), or the URL of"
              + " another server.")
  String scratch;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Restore this many tables at once (default: 1).")
  int jobs = 1;

  BackupVerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    var backups = new BackupSetup(setup, invocation, options);
    Backup backup = backups.store().find(name);
    var replay = new ReplayOptions();
    replay.scratch = scratch;
    List<String> problems;
    try (ProgressLine line = setup.progress()) {
      problems =
          new BackupVerifier(setup.connector())
              .verify(
                  new BackupVerifier.Request(
                      backup,
                      new ReplaySetup(setup, replay).settings().placement(),
                      backups.targetIfNamed(),
                      BackupSetup.jobs(jobs),
                      backups.path()),
                  backups.progress(line));
    }
    setup.print(new BackupReport.Verified(backup, problems));
    return (problems.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS).code();
  }
}
