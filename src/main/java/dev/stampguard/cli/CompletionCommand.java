package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete this program's words. */
@Command(
    name = "completion",
    description = "Print a script that lets bash, zsh or fish complete what is typed.",
    footer = {
      "",
      "Databases, revisions and backups are looked up as they are typed: never for longer than 300"
          + " ms, and without asking anything. What cannot be known is left out.",
      "",
      "  source <(stampguard completion bash)    # in ~/.bashrc",
      "  source <(stampguard completion zsh)     # in ~/.zshrc, behind compinit",
      "  stampguard completion fish | source     # in ~/.config/fish/config.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Invocation invocation;

  /** The shells there are scripts for. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  Shell shell;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  CompletionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.out().print(CompletionScript.of(shell, CompletionTable.of(invocation)));
    return ExitCode.OK.code();
  }
}
