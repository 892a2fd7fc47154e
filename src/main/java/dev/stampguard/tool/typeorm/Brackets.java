package dev.stampguard.tool.typeorm;

/** Finds its way through JavaScript without comments by brackets, past what is quoted. */
final class Brackets {
  private Brackets() {}

  /** Behind the bracket that closes the one at a place; the end of the text when none does. */
  static int close(String text, int open) {
    int depth = 0;
    for (int at = open; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '\'', '"', '`' -> at = endOfString(text, at);
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> {
          if (--depth == 0) {
            return at + 1;
          }
        }
        default -> {
          // Nothing that opens or closes.
        }
      }
    }
    return text.length();
  }

  /** The place of the quote that ends a string. */
  static int endOfString(String text, int start) {
    for (int at = start + 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == text.charAt(start)) {
        return at;
      }
    }
    return text.length() - 1;
  }

  /** 1-based line of a place. */
  static int line(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
