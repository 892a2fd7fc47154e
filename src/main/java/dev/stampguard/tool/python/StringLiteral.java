package dev.stampguard.tool.python;

/**
 * A string literal taken apart.
 *
 * @param value the text it stands for; of an f-string the text with its replacement fields as
 *     written
 * @param kind what its prefix makes of it
 */
record StringLiteral(String value, Kind kind) {
  enum Kind {
    TEXT,
    BYTES,
    FORMAT
  }

  /** The text as part of an f-string: what is no replacement field has its braces doubled. */
  String template() {
    return kind == Kind.FORMAT ? value : value.replace("{", "{{").replace("}", "}}");
  }

  static StringLiteral read(String literal) {
    int quote = 0;
    boolean raw = false;
    Kind kind = Kind.TEXT;
    for (; literal.charAt(quote) != '"' && literal.charAt(quote) != '\''; quote++) {
      switch (Character.toLowerCase(literal.charAt(quote))) {
        case 'r' -> raw = true;
        case 'b' -> kind = Kind.BYTES;
        case 'f', 't' -> kind = Kind.FORMAT;
        default -> {
          // u says nothing
        }
      }
    }
    char mark = literal.charAt(quote);
    boolean triple =
        literal.length() - quote >= 6
            && literal.charAt(quote + 1) == mark
            && literal.charAt(quote + 2) == mark;
    int width = triple ? 3 : 1;
    String body = literal.substring(quote + width, literal.length() - width);
    return new StringLiteral(raw || body.indexOf('\\') < 0 ? body : unescape(body), kind);
  }

  private static String unescape(String body) {
    var text = new StringBuilder(body.length());
    int at = 0;
    while (at < body.length()) {
      char c = body.charAt(at++);
      if (c != '\\' || at == body.length()) {
        text.append(c);
        continue;
      }
      char escaped = body.charAt(at++);
      switch (escaped) {
        case '\n' -> {
          // a continued line
        }
        case '\\', '\'', '"' -> text.append(escaped);
        case 'a' -> text.append('\u0007');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'v' -> text.append('\u000b');
        case 'x' -> at = hex(body, at, 2, text);
        case 'u' -> at = hex(body, at, 4, text);
        case 'U' -> at = hex(body, at, 8, text);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> at = octal(body, at - 1, text);
        default -> text.append('\\').append(escaped);
      }
    }
    return text.toString();
  }

  private static int hex(String body, int at, int digits, StringBuilder text) {
    int end = Math.min(body.length(), at + digits);
    int code = 0;
    for (int i = at; i < end; i++) {
      int digit = Character.digit(body.charAt(i), 16);
      if (digit < 0) {
        return i;
      }
      code = code << 4 | digit;
    }
    if (Character.isValidCodePoint(code)) {
      text.appendCodePoint(code);
    }
    return end;
  }

  private static int octal(String body, int at, StringBuilder text) {
    int code = 0;
    int i = at;
    for (; i < body.length() && i < at + 3; i++) {
      int digit = Character.digit(body.charAt(i), 8);
      if (digit < 0) {
        break;
      }
      code = code << 3 | digit;
    }
    text.append((char) code);
    return i;
  }
}
