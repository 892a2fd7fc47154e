package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands about backups: without one of them it says what there is. */
@Command(
    name = "backup",
    description = "Back up the database and its .env; list, verify and prune backups.",
    synopsisSubcommandLabel = "COMMAND")
final class BackupCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  static CommandLine withSubcommands(Invocation invocation) {
    return new CommandLine(new BackupCommand())
        .addSubcommand(new BackupCreateCommand(invocation))
        .addSubcommand(new BackupListCommand(invocation))
        .addSubcommand(new BackupVerifyCommand(invocation))
        .addSubcommand(new BackupPruneCommand(invocation));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
