package dev.stampguard.report.text;

/**
 * Turns roles into colours, or into nothing: what is printed reads the same without.
 *
 * @param color whether colours are wanted and shown
 */
record Palette(boolean color) {
  String paint(Phrase phrase) {
    var painted = new StringBuilder();
    phrase.spans().forEach(span -> painted.append(paint(span)));
    return painted.toString();
  }

  private String paint(Span span) {
    String code = code(span.role());
    return color && !code.isEmpty()
        ? "\u001b[" + code + "m" + span.text() + "\u001b[0m"
        : span.text();
  }

  /** Parameters of SGR, from the sixteen colours every theme makes readable. */
  private static String code(Role role) {
    return switch (role) {
      case PLAIN -> "";
      case DIM -> "2";
      case EMPHASIS -> "1";
      case NAME -> "36";
      case OK -> "32";
      case WARNING -> "33";
      case ERROR -> "1;31";
    };
  }
}
