package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.EnvFiles;
import dev.stampguard.repair.journal.Journal;
import dev.stampguard.report.RestoreReport;
import dev.stampguard.service.backup.Restorer;
import dev.stampguard.service.backup.Restorer.Parts;
import dev.stampguard.service.backup.Restorer.Restored;
import dev.stampguard.service.backup.SwapBack;
import dev.stampguard.service.repair.JournalStore;
import dev.stampguard.service.repair.Recovery;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to a backup, or to a database that was kept. */
@Command(
    name = "restore",
    description =
        "Restore a backup beside the present database and swap the names; the present one is kept."
            + " Refuses when somebody has written since.")
final class RestoreCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin BackupOptions options;

  @Parameters(
      paramLabel = "BACKUP",
      description =
          "A backup's id, or the beginning of it that no other shares; or the name that a database"
              + " was kept under (DB_before_TIME).")
  String name;

  @Option(
      names = "--only",
      paramLabel = "WHAT",
      description = "Restore only the database, or only the env files: database or env.")
  Parts only;

  @Option(
      names = "--discard-newer-data",
      description = "Go back also where that loses what was written since.")
  boolean discardNewerData;

  @Option(names = "--terminate", description = "End the sessions that are in the way.")
  boolean terminate;

  @Option(
      names = "--unproven",
      description = "Go back also where what is restored is not what the backup says.")
  boolean unproven;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Restore this many tables at once (default: 1).")
  int jobs = 1;

  RestoreCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    var backups = new BackupSetup(setup, invocation, options);
    RestoreReport report;
    try (ProgressLine line = setup.progress()) {
      report = SwapBack.isKeptName(name) ? swapBack(setup) : restore(setup, backups, line);
    }
    setup.print(report);
    return ExitCode.OK.code();
  }

  private RestoreReport restore(Setup setup, BackupSetup backups, ProgressLine line) {
    Backup backup = backups.store().find(name);
    String restoredTo = backup.manifest().place().database();
    if (only != Parts.ENV || !isTarget(setup, restoredTo)) {
      setup.requireAllowed(restoredTo);
    }
    // A repair may be undone although the database is not as the backup says: it is as that left
    // it.
    var journals = new JournalStore(setup.directory());
    journals.ofBackup(backup.id()).filter(Journal::isOpen).ifPresent(j -> settle(setup, journals));
    Optional<Journal> repair = journals.ofBackup(backup.id());
    boolean leavesFiles =
        only == null
            && backup.manifest().dump().isPresent()
            && repair.filter(journal -> !journal.isSwitch()).isPresent();
    var request =
        new Restorer.Request(
            backup,
            backups.targetIfNamed(),
            leavesFiles ? Parts.DATABASE : parts(),
            repair.flatMap(journals::stateAfter),
            setup.tool().map(MigrationProject::ledger),
            discardNewerData,
            terminate,
            unproven,
            BackupSetup.jobs(jobs),
            setup.directory(),
            backups.path(),
            Instant.now());
    tellOfAnotherName(setup, request);
    Restored restored = new Restorer(setup.connector()).restore(request, backups.progress(line));
    return new RestoreReport(
        request.backup().id(),
        restored.database(),
        restored.kept(),
        restored.kept().map(kept -> goBack(setup, kept)),
        restored.envFiles().stream()
            .map(file -> new RestoreReport.RestoredFile(file.file(), file.kept()))
            .toList(),
        leavesFiles
            ? Stream.concat(restored.warnings().stream(), leftFiles(setup, backups, backup))
                .toList()
            : restored.warnings());
  }

  /** Where the files are lost, which may be why they are wanted back, nothing names a target. */
  private static boolean isTarget(Setup setup, String database) {
    try {
      return setup.resolveTarget().target().database().equals(database);
    } catch (StampguardException e) {
      return false;
    }
  }

  private Parts parts() {
    return only == null ? Parts.ALL : only;
  }

  /** What a repair did not touch is not its undo's to take back, unless it is asked for. */
  private static Stream<String> leftFiles(Setup setup, BackupSetup backups, Backup backup) {
    return new EnvFiles(setup.directory())
        .changedSince(backup).stream()
            .map(
                file ->
                    "`%s` was changed since, not by the repair, and stays as it is: `%s --only env` puts it back"
                        .formatted(file, backups.restoreCommand(backup)));
  }

  /** A backup goes back to where it came from; what is named says only on which server. */
  private static void tellOfAnotherName(Setup setup, Restorer.Request request) {
    String own = request.backup().manifest().place().database();
    if (setup.isTargetNamed() && request.parts() != Parts.ENV) {
      request
          .server()
          .map(Target::database)
          .filter(named -> !named.equals(own))
          .ifPresent(
              named ->
                  setup.warn(
                      "`--url` names the server only: it is `%s` that is restored, not `%s`"
                          .formatted(own, named)));
    }
  }

  /** A repair that was cut off is judged first: it says what may go. */
  private static void settle(Setup setup, JournalStore journals) {
    new Recovery(setup.connector(), setup.requireTool(), journals, Clock.systemUTC())
        .settle(setup.resolveTarget().target())
        .ifPresent(setup::warn);
  }

  private RestoreReport swapBack(Setup setup) {
    var target = setup.resolveTarget().target();
    setup.requireAllowed(target.database());
    String kept = new SwapBack(setup.connector(), target).swap(name, Instant.now(), terminate);
    return new RestoreReport(
        name,
        Optional.of(target.database()),
        Optional.of(kept),
        Optional.of(goBack(setup, kept)),
        List.of(),
        List.of());
  }

  private String goBack(Setup setup, String kept) {
    return new SameTarget(setup, common, options, Optional.empty())
        .command("stampguard restore " + ShellWords.quote(kept));
  }
}
