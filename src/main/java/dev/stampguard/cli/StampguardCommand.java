package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program itself: without a subcommand it says what there is. */
@Command(
    name = "stampguard",
    description =
        "Tells whether what a migration ledger claims is physically in the PostgreSQL database.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    footer = {
      "",
      "`stampguard help COMMAND`, `stampguard help SG102` and `stampguard help TOPIC` tell more;"
          + " topics are exit-codes, environment, configuration, findings and tools."
    })
final class StampguardCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  boolean version;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
