package dev.stampguard.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a command prints its data. */
public enum OutputFormat {
  TEXT,
  JSON,
  /** Annotations of a GitHub workflow. */
  GITHUB,
  SARIF,
  JUNIT,
  /** One page with everything in it. */
  HTML,
  MERMAID,
  DOT,
  /** For the project's own documentation. */
  MARKDOWN;

  /**
   * Those that a command prints.
   *
   * @param command its own name, for example {@code check}
   */
  static List<OutputFormat> of(String command) {
    return Arrays.stream(values()).filter(format -> format.isOf(command)).toList();
  }

  private boolean isOf(String command) {
    return switch (this) {
      case TEXT, JSON -> true;
      case GITHUB, SARIF, JUNIT ->
          command.equals("check") || command.equals("diagnose") || command.equals("exec");
      case HTML -> command.equals("diagnose");
      case MERMAID, DOT -> command.equals("history");
      case MARKDOWN -> command.equals("target");
    };
  }

  /** Formats for a hint that says what is allowed. */
  static String words(List<OutputFormat> formats) {
    return formats.stream().map(format -> "`" + format + "`").collect(Collectors.joining(", "));
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
