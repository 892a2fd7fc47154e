package dev.stampguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what is installed beside the program, for the build: the manual and the scripts that
 * complete words, where each shell and {@code man} look for them below a {@code share} directory.
 */
final class Documents {
  /** The year, month and day of a time stamp. */
  private static final int DATE = 10;

  private Documents() {}

  /**
   * Writes the files.
   *
   * @param args the directory, and when the program was built, for example {@code
   *     2026-01-01T00:00:00Z}
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), args[1].substring(0, DATE), Invocation.ofThisProcess());
  }

  static void write(Path share, String date, Invocation invocation) throws IOException {
    List<CommandTree.Node> commands = CommandTree.of(invocation);
    for (CommandTree.Node command : commands) {
      write(
          share.resolve("man/man1/" + ManualPage.name(command) + ".1"),
          ManualPage.of(command, commands, date));
    }
    CompletionTable table = CompletionTable.of(invocation);
    for (CompletionCommand.Shell shell : CompletionCommand.Shell.values()) {
      write(share.resolve(place(shell)), CompletionScript.of(shell, table));
    }
  }

  private static String place(CompletionCommand.Shell shell) {
    return switch (shell) {
      case BASH -> "bash-completion/completions/stampguard";
      case ZSH -> "zsh/site-functions/_stampguard";
      case FISH -> "fish/vendor_completions.d/stampguard.fish";
    };
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
