package dev.stampguard.tool.command;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command that failed said about it.
 *
 * @param message one sentence without a full stop
 * @param state the SQLSTATE that goes with what the server said, as far as it is known by its words
 * @param line 1-based line of the script where it happened; 1 when nobody tells
 */
record CommandOutput(String message, String state, int line) {
  /** What the server says in English, wherever it stands in a line. */
  private static final List<Known> KNOWN =
      List.of(
          new Known("42P01", "relation \"[^\"]+\" does not exist"),
          new Known("42P07", "relation \"[^\"]+\" already exists"),
          new Known(
              "42703", "column (?:\"[^\"]+\"|\\S+)(?: of relation \"[^\"]+\")? does not exist"),
          new Known("42701", "column \"[^\"]+\" of relation \"[^\"]+\" already exists"),
          new Known("42704", "(?:type|index|role|extension) \"[^\"]+\" does not exist"),
          new Known("42704", "constraint \"[^\"]+\" (?:of|for) \\w+ \"[^\"]+\" does not exist"),
          new Known("42710", "(?:type|extension|constraint|trigger) \"[^\"]+\".* already exists"),
          new Known("42883", "function \\S+\\(.*\\) does not exist"),
          new Known("42723", "function \"[^\"]+\" already exists.*"),
          new Known("3F000", "schema \"[^\"]+\" does not exist"),
          new Known("42P06", "schema \"[^\"]+\" already exists"));

  private static final Pattern ERROR = Pattern.compile("(?i)\\b(?:error|exception)\\b|error:");

  /** A line of a stack trace, or what only introduces what is said next. */
  private static final Pattern NOISE =
      Pattern.compile("\\s*(?:at |from |in `|\\d+:|Caused by:$|Tasks: TOP).*|[\\s^~{}\\[\\]();,]*");

  private static final int LONGEST = 300;

  private record Known(String state, Pattern words) {
    Known(String state, String words) {
      this(state, Pattern.compile(words));
    }
  }

  static CommandOutput of(List<String> said, int exitCode, String file) {
    int line = line(said, file);
    for (Known known : KNOWN) {
      for (String each : said) {
        Matcher found = known.words().matcher(each);
        if (found.find()) {
          return new CommandOutput(found.group(), known.state(), line);
        }
      }
    }
    String message =
        said.stream()
            .filter(each -> ERROR.matcher(each).find() && !NOISE.matcher(each).matches())
            .findFirst()
            .or(() -> last(said))
            .map(CommandOutput::sentence)
            .orElse("it ended with status %s and gave no reason".formatted(exitCode));
    return new CommandOutput(message, "XX000", line);
  }

  private static Optional<String> last(List<String> said) {
    return said.stream()
        .filter(each -> !NOISE.matcher(each).matches())
        .reduce((before, after) -> after);
  }

  private static String sentence(String line) {
    String text = line.strip();
    String end = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return end.length() > LONGEST ? end.substring(0, LONGEST) : end;
  }

  /** Where a stack trace names the script. */
  private static int line(List<String> said, String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    Pattern place = Pattern.compile(Pattern.quote(name) + ":(?:line )?(\\d{1,6})");
    return said.stream()
        .map(place::matcher)
        .filter(Matcher::find)
        .findFirst()
        .map(found -> Integer.parseInt(found.group(1)))
        .orElse(1);
  }
}
