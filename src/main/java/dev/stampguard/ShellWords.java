package dev.stampguard;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a command line so that a POSIX shell reads the same words again. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=-]+");

  private ShellWords() {}

  /** Words with blanks between them, quoted where a shell would read them otherwise. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /** A word, in quotes where a shell would read it otherwise. */
  public static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
