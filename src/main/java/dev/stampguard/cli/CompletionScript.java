package dev.stampguard.cli;

import dev.stampguard.cli.CompletionTable.Level;
import dev.stampguard.cli.CompletionTable.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The script that makes a shell complete words: the shell's own part is a file, in which a table of
 * all commands is filled in.
 */
final class CompletionScript {
  private static final String PLACE = "@TABLE@\n";

  private CompletionScript() {}

  static String of(CompletionCommand.Shell shell, CompletionTable table) {
    String rows =
        table.levels().stream()
            .map(
                level ->
                    switch (shell) {
                      case BASH, ZSH -> caseOfSh(level);
                      case FISH -> caseOfFish(level);
                    })
            .collect(Collectors.joining());
    return read(shell.toString()).replace(PLACE, rows);
  }

  private static String caseOfSh(Level level) {
    return level.lines().stream()
        .map(line -> row(line).replace("'", "'\\''"))
        .collect(
            Collectors.joining("\n", "  '%s')\n    lines='".formatted(level.command()), "' ;;\n"));
  }

  private static String caseOfFish(Level level) {
    return level.lines().stream()
        .map(line -> row(line).replace("\\", "\\\\").replace("'", "\\'"))
        .collect(
            Collectors.joining(
                "' \\\n                '",
                "        case '%s'\n            printf '%%s\\n' '".formatted(level.command()),
                "'\n"));
  }

  private static String row(Line line) {
    return "%s;%s;%s".formatted(line.word(), line.takes(), line.meaning());
  }

  private static String read(String shell) {
    try (InputStream in =
        CompletionScript.class.getResourceAsStream("/completion/stampguard." + shell)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
