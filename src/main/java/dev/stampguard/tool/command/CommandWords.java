package dev.stampguard.tool.command;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does, and does nothing else of a shell's:
 * blanks separate, quotes and backslashes keep what is special, and no variable, pattern or
 * operator is one. Who needs a shell writes {@code sh -c '…'}.
 */
public final class CommandWords {
  private CommandWords() {}

  /**
   * The words.
   *
   * @param where names the place of the line, for the case that it is wrong
   * @throws StampguardException (usage) when there is none, or a quote is not closed
   */
  public static List<String> split(String line, String where) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean isOpen = false;
    char quote = 0;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (quote == '\'' ? c == quote : c == quote && quote != 0) {
        quote = 0;
      } else if (quote == '\'') {
        word.append(c);
      } else if (c == '\\' && at + 1 < line.length()) {
        char next = line.charAt(++at);
        if (quote == '"' && next != '"' && next != '\\') {
          word.append(c);
        }
        word.append(next);
        isOpen = true;
      } else if (quote != 0) {
        word.append(c);
      } else if (c == '\'' || c == '"') {
        quote = c;
        isOpen = true;
      } else if (Character.isWhitespace(c)) {
        if (isOpen) {
          words.add(word.toString());
          word.setLength(0);
          isOpen = false;
        }
      } else {
        word.append(c);
        isOpen = true;
      }
    }
    if (isOpen) {
      words.add(word.toString());
    }
    if (quote != 0 || words.isEmpty()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is no command: %s"
              .formatted(where, quote == 0 ? "it is empty" : "a quote is not closed"),
          "write the program and its arguments, for example `bin/migrate {revision}`");
    }
    return List.copyOf(words);
  }
}
