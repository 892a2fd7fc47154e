package dev.stampguard.tool.liquibase;

/**
 * The characters of an XML document, taken from the front. Every method that takes something throws
 * where it is not there.
 */
final class XmlText {
  private final String text;

  /** Where the first character stands that XML forbids. */
  private final int end;

  private int at;
  private int counted;
  private int line = 1;

  XmlText(String text) {
    // As XML has it, before anything else is looked at.
    this.text = text.replace("\r\n", "\n").replace('\r', '\n');
    int index = 0;
    while (index < this.text.length() && isAllowed(this.text.codePointAt(index))) {
      index += Character.charCount(this.text.codePointAt(index));
    }
    this.end = index;
  }

  private static boolean isAllowed(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= ' ' && character < Character.MIN_SURROGATE)
        || (character > Character.MAX_SURROGATE && character < 0xFFFE)
        || (character > 0xFFFF && character <= Character.MAX_CODE_POINT);
  }

  /** The line of what comes next, 1-based. */
  int line() {
    for (; counted < at; counted++) {
      if (text.charAt(counted) == '\n') {
        line++;
      }
    }
    return line;
  }

  UnreadableChangelogException wrong() {
    return new UnreadableChangelogException("it is no XML", line());
  }

  /** Takes a literal if it is the next. */
  boolean skip(String literal) {
    if (!isNext(literal)) {
      return false;
    }
    at += literal.length();
    return true;
  }

  boolean isNext(String literal) {
    return text.startsWith(literal, at) && at + literal.length() <= end;
  }

  void take(String literal) throws UnreadableChangelogException {
    if (!skip(literal)) {
      throw wrong();
    }
  }

  void takeAny() throws UnreadableChangelogException {
    if (at >= end) {
      throw wrong();
    }
    at++;
  }

  boolean skipSpace() {
    int start = at;
    while (at < end && " \t\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at > start;
  }

  /** What stands before a literal, which is taken too. */
  String takeUntil(String literal) throws UnreadableChangelogException {
    int found = text.indexOf(literal, at);
    if (found < 0 || found + literal.length() > end) {
      at = end;
      throw wrong();
    }
    String before = text.substring(at, found);
    at = found + literal.length();
    return before;
  }

  String takeName() throws UnreadableChangelogException {
    int start = at;
    while (at < end && isOfName(text.codePointAt(at), at == start)) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == start) {
      throw wrong();
    }
    return text.substring(start, at);
  }

  private static boolean isOfName(int character, boolean first) {
    if (character == ':' || character == '_') {
      return true;
    }
    return first
        ? Character.isUnicodeIdentifierStart(character)
        : character == '-'
            || character == '.'
            || (Character.isUnicodeIdentifierPart(character)
                && !Character.isIdentifierIgnorable(character));
  }

  /** The text up to the next markup. */
  String takeText() throws UnreadableChangelogException {
    var taken = new StringBuilder();
    while (!isNext("<")) {
      if (isNext("]]>")) {
        throw wrong();
      }
      takeCharacter(taken);
    }
    return taken.toString();
  }

  /** The value of an attribute, with its quotes. */
  String takeValue() throws UnreadableChangelogException {
    String quote = isNext("'") ? "'" : "\"";
    take(quote);
    var taken = new StringBuilder();
    while (!skip(quote)) {
      if (isNext("<")) {
        throw wrong();
      }
      if (skip("\t") || skip("\n")) {
        taken.append(' ');
      } else {
        takeCharacter(taken);
      }
    }
    return taken.toString();
  }

  private void takeCharacter(StringBuilder taken) throws UnreadableChangelogException {
    if (skip("&")) {
      String name = takeUntil(";");
      taken.appendCodePoint(name.startsWith("#") ? numbered(name) : named(name));
    } else if (at < end) {
      taken.append(text.charAt(at++));
    } else {
      throw wrong();
    }
  }

  private int numbered(String name) throws UnreadableChangelogException {
    boolean isHex = name.startsWith("#x");
    String digits = name.substring(isHex ? 2 : 1);
    try {
      int character = Integer.parseInt(digits, isHex ? 16 : 10);
      if (isAllowed(character) && Character.isLetterOrDigit(digits.charAt(0))) {
        return character;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong();
  }

  private int named(String name) throws UnreadableChangelogException {
    return switch (name) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> throw wrong();
    };
  }
}
