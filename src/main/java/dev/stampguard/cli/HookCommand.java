package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands about git's hooks: without one of them it says what there is. */
@Command(
    name = "hook",
    description = "Stop a git push or commit whose migration scripts do not fit together.",
    synopsisSubcommandLabel = "COMMAND")
final class HookCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  static CommandLine withSubcommands(Invocation invocation) {
    return new CommandLine(new HookCommand())
        .addSubcommand(new HookInstallCommand(invocation))
        .addSubcommand(new HookUninstallCommand(invocation))
        .addSubcommand(new HookRunCommand(invocation));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
