package dev.stampguard.target;

/** How a file writes the characters of a value. */
public enum Quoting {
  /** As they are: a value of a {@code .env} file without quotes. */
  NONE(""),
  /** Between single quotes, as python-dotenv reads them. */
  SINGLE("'\\"),
  /** Between double quotes, as python-dotenv reads them. */
  DOUBLE("'\"\\abfnrtv"),
  /** In an ini file, where a percent sign begins a reference. */
  INI("");

  private final String escapes;

  Quoting(String escapes) {
    this.escapes = escapes;
  }

  /** Whether this character has a meaning of its own behind a backslash. */
  boolean isEscape(char c) {
    return escapes.indexOf(c) >= 0;
  }

  /** The text as it is written there; not everything can be, so that it must be read again. */
  String write(String text) {
    return switch (this) {
      case NONE -> text;
      case SINGLE -> text.replace("\\", "\\\\").replace("'", "\\'");
      case DOUBLE -> text.replace("\\", "\\\\").replace("\"", "\\\"");
      case INI -> text.replace("%", "%%");
    };
  }
}
