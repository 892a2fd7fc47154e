package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.config.Durations;
import dev.stampguard.report.BackupReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes old backups. Connects to nothing. */
@Command(
    name = "prune",
    description =
        "Delete old backups. With both options those that are older and not among the newest go.")
final class BackupPruneCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin BackupOptions options;

  @Option(names = "--keep", paramLabel = "N", description = "Keep the newest N.")
  Integer keep;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Delete only what is older, for example 30d.")
  String olderThan;

  BackupPruneCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    if (keep == null && olderThan == null) {
      throw new StampguardException(
          ExitCode.USAGE,
          "nothing says which backups are old",
          "stampguard backup prune --keep 5 --older-than 30d");
    }
    if (keep != null && keep < 0) {
      throw new StampguardException(
          ExitCode.USAGE, "`--keep` cannot be `%s`".formatted(keep), "it is 0 or more");
    }
    BackupStore store = new BackupSetup(setup, invocation, options).store();
    List<Backup> removed =
        store.prune(
            Optional.ofNullable(keep),
            Optional.ofNullable(olderThan).map(age -> Durations.parseAge(age, "--older-than")),
            Instant.now());
    setup.print(new BackupReport.Pruned(removed, store.list().backups().size()));
    return ExitCode.OK.code();
  }
}
