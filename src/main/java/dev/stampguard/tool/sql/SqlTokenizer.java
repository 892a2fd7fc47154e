package dev.stampguard.tool.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL into words as PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">lexical rules</a> do.
 * Comments vanish; what is never closed reaches to the end.
 */
final class SqlTokenizer {
  private final String sql;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int at;
  private int line;

  private SqlTokenizer(String sql) {
    this.sql = sql;
  }

  static List<SqlToken> tokens(String sql) {
    return new SqlTokenizer(sql).read();
  }

  private List<SqlToken> read() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        advance(at + 1);
      } else if (sql.startsWith("--", at)) {
        advance(orEnd(sql.indexOf('\n', at)));
      } else if (sql.startsWith("/*", at)) {
        skipComment();
      } else if (c == '"') {
        quoted(SqlToken.Kind.QUOTED_IDENTIFIER, at, '"', false);
      } else if (c == '\'') {
        quoted(SqlToken.Kind.STRING, at, '\'', false);
      } else if (c == '$' && dollarTag() != null) {
        dollarQuoted(dollarTag());
      } else if (isWordStart(c)) {
        word();
      } else if (Character.isDigit(c)) {
        number();
      } else {
        symbol();
      }
    }
    return tokens;
  }

  private int orEnd(int index) {
    return index < 0 ? sql.length() : index;
  }

  private void advance(int to) {
    for (; at < to; at++) {
      line += sql.charAt(at) == '\n' ? 1 : 0;
    }
  }

  private void skipComment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        advance(at + 1);
      }
    } while (depth > 0 && at < sql.length());
  }

  /** Reads from the opening quote at {@code open}; a doubled quote stands for itself. */
  private void quoted(SqlToken.Kind kind, int open, char quote, boolean escapes) {
    var text = new StringBuilder();
    int startLine = line;
    int start = at;
    int i = open + 1;
    for (; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (escapes && c == '\\' && i + 1 < sql.length()) {
        text.append(sql.charAt(++i));
      } else if (c != quote) {
        text.append(c);
      } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        text.append(quote);
        i++;
      } else {
        break;
      }
    }
    advance(Math.min(sql.length(), i + 1));
    tokens.add(new SqlToken(kind, text.toString(), startLine, start, at));
  }

  /** The dollar quote that opens here, such as {@code $body$}, or {@code null}. */
  private String dollarTag() {
    int end = at + 1;
    while (end < sql.length() && sql.charAt(end) != '$' && isWordPart(sql.charAt(end))) {
      end++;
    }
    boolean tag =
        end < sql.length() && sql.charAt(end) == '$' && !Character.isDigit(sql.charAt(at + 1));
    return tag ? sql.substring(at, end + 1) : null;
  }

  private void dollarQuoted(String tag) {
    int startLine = line;
    int open = at;
    int start = at + tag.length();
    int end = orEnd(sql.indexOf(tag, start));
    String text = sql.substring(start, end);
    advance(Math.min(sql.length(), end + tag.length()));
    tokens.add(new SqlToken(SqlToken.Kind.STRING, text, startLine, open, at));
  }

  private static boolean isWordStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || Character.isDigit(c) || c == '$';
  }

  private void word() {
    int end = at;
    while (end < sql.length() && isWordPart(sql.charAt(end))) {
      end++;
    }
    String word = sql.substring(at, end).toLowerCase(Locale.ROOT);
    if (end < sql.length() && sql.charAt(end) == '\'' && (word.equals("e") || word.equals("n"))) {
      quoted(SqlToken.Kind.STRING, end, '\'', word.equals("e"));
      return;
    }
    tokens.add(new SqlToken(SqlToken.Kind.WORD, word, line, at, end));
    at = end;
  }

  private void number() {
    int end = at;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
      end++;
    }
    tokens.add(new SqlToken(SqlToken.Kind.NUMBER, sql.substring(at, end), line, at, end));
    at = end;
  }

  private void symbol() {
    int length = sql.startsWith("::", at) ? 2 : 1;
    tokens.add(
        new SqlToken(SqlToken.Kind.SYMBOL, sql.substring(at, at + length), line, at, at + length));
    at += length;
  }
}
