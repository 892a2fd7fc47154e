package dev.stampguard.report.text;

/** Makes foreign text safe to show on a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * The text with every character that a terminal obeys instead of showing written as an escape:
   * {@code \x1b} for control characters, <code>&#92;u202e</code> for marks that turn or join text
   * without being seen, line separators and lone surrogates. Everything else stays as it is.
   */
  public static String escape(String text) {
    if (text.codePoints().noneMatch(Printable::isUnsafe)) {
      return text;
    }
    var safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            character -> {
              if (isUnsafe(character)) {
                safe.append(escaped(character));
              } else {
                safe.appendCodePoint(character);
              }
            });
    return safe.toString();
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static String escaped(int character) {
    if (character <= 0xff) {
      return "\\x%02x".formatted(character);
    }
    return character <= 0xffff ? "\\u%04x".formatted(character) : "\\U%08x".formatted(character);
  }
}
