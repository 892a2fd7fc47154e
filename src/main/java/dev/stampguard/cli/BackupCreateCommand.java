package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.Manifest;
import dev.stampguard.report.BackupReport;
import dev.stampguard.service.backup.BackupMaker;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.tool.MigrationProject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a backup. */
@Command(
    name = "create",
    description = "Back up the database and the .env that names it; the database is only read.")
final class BackupCreateCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin BackupOptions options;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Dump this many tables at once, into a directory (default: 1, into one file).")
  int jobs = 1;

  @ArgGroup Less less = new Less();

  /** What may be left out, one or the other. */
  static final class Less {
    @Option(names = "--schema-only", description = "Back up no rows but the ledger's.")
    boolean schemaOnly;

    @Option(names = "--env-only", description = "Back up only the .env; connects to nothing.")
    boolean envOnly;
  }

  BackupCreateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    var backups = new BackupSetup(setup, invocation, options);
    TargetResolution resolution = setup.resolveTarget();
    setup.warnBeside(resolution.warnings());
    var maker = new BackupMaker(setup.connector(), backups.store());
    var request =
        new BackupMaker.Request(
            resolution.target(),
            kind(),
            Set.of(),
            BackupSetup.jobs(jobs),
            setup.tool().map(MigrationProject::ledger),
            less.envOnly ? Optional.empty() : backups.trueState(),
            setup.directory(),
            backups.envFiles(resolution),
            backups.path(),
            Version.number(),
            Instant.now());
    Backup backup;
    try (ProgressLine line = setup.progress()) {
      backup = setup.patience().attempt(() -> maker.make(request, backups.progress(line)));
    }
    setup.print(new BackupReport.Created(backup, backups.restoreCommand(backup)));
    return ExitCode.OK.code();
  }

  private Manifest.Kind kind() {
    if (less.envOnly) {
      return Manifest.Kind.ENV;
    }
    return less.schemaOnly ? Manifest.Kind.SCHEMA : Manifest.Kind.FULL;
  }
}
