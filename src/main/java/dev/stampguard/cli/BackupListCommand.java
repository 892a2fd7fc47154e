package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.report.BackupReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists backups. Connects to nothing. */
@Command(name = "list", description = "List backups, oldest first, with what each holds.")
final class BackupListCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin BackupOptions options;

  BackupListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    BackupStore store = new BackupSetup(setup, invocation, options).store();
    BackupStore.Listing listing = store.list();
    setup.print(
        new BackupReport.Listed(
            store.directory().toString(), listing.backups(), listing.damaged()));
    return ExitCode.OK.code();
  }
}
