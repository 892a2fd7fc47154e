package dev.stampguard.target;

import dev.stampguard.StampguardException;
import dev.stampguard.target.DatabaseSpot.Form;

/**
 * Reads libpq's {@code keyword=value} words: values may stand in single quotes, and a backslash
 * takes the next character as it is.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE">libpq</a>
 */
final class ConninfoParser {
  private final String text;
  private final String source;
  private final int offset;
  private int at;

  /**
   * @param text the words
   * @param source where they stand, for messages
   * @param offset how many characters of the source's text stand before them
   */
  ConninfoParser(String text, String source, int offset) {
    this.text = text;
    this.source = source;
    this.offset = offset;
  }

  ConnectionSettings parse() {
    var settings = new ConnectionSettings();
    skipBlanks();
    while (at < text.length()) {
      String keyword = readKeyword();
      skipBlanks();
      if (!text.startsWith("=", at)) {
        throw malformed(
            "a word is not followed by `=`, or a value with blanks needs single quotes");
      }
      at++;
      skipBlanks();
      boolean quoted = text.startsWith("'", at);
      int start = quoted ? at + 1 : at;
      String value = quoted ? readQuoted() : readPlain();
      if (!ConnectionSettings.isKeyword(keyword)) {
        throw malformed("it sets something that is not a libpq connection parameter");
      }
      if (keyword.equals(ConnectionSettings.DATABASE)) {
        int end = quoted ? at - 1 : at;
        settings.putDatabase(value, new DatabaseSpot(offset + start, offset + end, Form.WORD));
      } else {
        settings.put(keyword, value);
      }
      skipBlanks();
    }
    return settings;
  }

  private String readKeyword() {
    int start = at;
    while (at < text.length() && text.charAt(at) != '=' && !isBlank()) {
      at++;
    }
    return text.substring(start, at);
  }

  private String readQuoted() {
    at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '\'') {
      value.append(readCharacter());
    }
    if (at == text.length()) {
      throw malformed("a quoted value has no end");
    }
    at++;
    return value.toString();
  }

  private String readPlain() {
    var value = new StringBuilder();
    while (at < text.length() && !isBlank()) {
      value.append(readCharacter());
    }
    return value.toString();
  }

  private char readCharacter() {
    if (text.charAt(at) == '\\' && at + 1 < text.length()) {
      at++;
    }
    return text.charAt(at++);
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank()) {
      at++;
    }
  }

  private boolean isBlank() {
    return Character.isWhitespace(text.charAt(at));
  }

  private StampguardException malformed(String problem) {
    return DatabaseUrl.malformed(source, problem);
  }
}
