package dev.stampguard.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in the language of {@code man}, as both groff and mandoc read it: see groff_man(7) and
 * man(7) of mandoc.
 */
final class Roff {
  private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

  private static final int LAST_OF_ASCII = 126;

  private static final int LONGEST_LINE = 78;

  private final StringBuilder text = new StringBuilder();

  /** The first line of a page. */
  void title(String name, String date, String source, String manual) {
    line(
        ".TH %s 1 \"%s\" \"%s\" \"%s\""
            .formatted(
                literal(name.toUpperCase(Locale.ROOT)), date, literal(source), literal(manual)));
  }

  void section(String title) {
    line(".SH \"" + literal(title) + "\"");
  }

  /** Prose of its own. */
  void paragraph(String prose) {
    // Right behind a heading one is begun already.
    if (!lastLine().startsWith(".SH")) {
      line(".PP");
    }
    filled(prose(prose));
  }

  /** A line that is shown as it is. */
  void example(String words) {
    line(".PP");
    line(".RS 4");
    line(".nf");
    line(literal(words));
    line(".fi");
    line(".RE");
  }

  /**
   * A word with what it means.
   *
   * @param term in this language already, one line
   */
  void entry(String term, String prose) {
    line(".TP");
    line(term);
    filled(prose(prose));
  }

  /** A line that is in this language already. */
  void line(String line) {
    text.append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private String lastLine() {
    int end = text.length() - 1;
    return text.substring(text.lastIndexOf("\n", end - 1) + 1, end);
  }

  static String bold(String words) {
    return "\\fB" + literal(words) + "\\fR";
  }

  static String italic(String words) {
    return "\\fI" + literal(words) + "\\fR";
  }

  /** Prose, in which names stand in backticks. */
  private static String prose(String prose) {
    var out = new StringBuilder();
    Matcher named = NAMED.matcher(prose);
    int at = 0;
    while (named.find()) {
      out.append(literal(prose.substring(at, named.start()))).append(bold(named.group(1)));
      at = named.end();
    }
    return out.append(literal(prose.substring(at))).toString();
  }

  /** Text that is filled on the page, in lines of a length that editors and reviewers like. */
  void filled(String words) {
    var line = new StringBuilder();
    for (String word : words.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > LONGEST_LINE) {
        line(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      } else if (word.startsWith(".")) {
        line.append("\\&"); // no macro
      }
      line.append(word);
    }
    line(line.toString());
  }

  /** Words in which nothing is a command to the formatter. */
  static String literal(String words) {
    var out = new StringBuilder();
    words.codePoints().forEach(letter -> out.append(literal(letter)));
    return out.toString();
  }

  private static String literal(int letter) {
    return switch (letter) {
      case '\\' -> "\\e";
      case '-' -> "\\-";
      case '\'' -> "\\(aq";
      case '"' -> "\\(dq";
      case '`' -> "\\(ga";
      case '^' -> "\\(ha";
      case '~' -> "\\(ti";
      default ->
          letter > LAST_OF_ASCII ? "\\[u%04X]".formatted(letter) : Character.toString(letter);
    };
  }
}
