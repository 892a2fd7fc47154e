package dev.stampguard.repair.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts SQL into statements where their semicolons are: outside of quotes, comments and brackets,
 * and not inside a body in standard SQL. Comments that stand before a statement are handed out with
 * it.
 */
final class StatementCutter {
  private final String sql;
  private int at;
  private int depth;

  /** How many words of the statement were read, as far as it matters. */
  private final List<String> words = new ArrayList<>();

  /** The latest word, and how deep in bodies and in CASE within them. */
  private String previous = "";

  private int blocks;

  private StatementCutter(String sql) {
    this.sql = sql;
  }

  /**
   * A statement and the comment before it.
   *
   * @param comment the lines of comment before it, each with its two dashes
   * @param sql the statement without its semicolon; empty for a comment behind the last one
   */
  record Piece(List<String> comment, String sql) {
    Piece {
      comment = List.copyOf(comment);
    }
  }

  /** Cuts; what stands behind the last semicolon is the last piece. */
  static List<Piece> cut(String sql) {
    var cutter = new StatementCutter(sql);
    var pieces = new ArrayList<Piece>();
    while (cutter.at < sql.length()) {
      pieces.add(cutter.piece());
    }
    return pieces;
  }

  private Piece piece() {
    var comment = new ArrayList<String>();
    skipTo(comment);
    int start = at;
    words.clear();
    previous = "";
    depth = 0;
    blocks = 0;
    while (at < sql.length() && !isEnd()) {
      step();
    }
    String statement = sql.substring(start, at).strip();
    at = Math.min(at + 1, sql.length());
    return new Piece(comment, statement);
  }

  /** To the first character of a statement, past blanks, comments and psql's own commands. */
  private void skipTo(List<String> comment) {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = endOfLine();
        comment.add(sql.substring(at, end));
        at = end;
      } else if (c == '\\') {
        at = endOfLine();
      } else {
        return;
      }
    }
  }

  private int endOfLine() {
    int end = sql.indexOf('\n', at);
    return end < 0 ? sql.length() : end;
  }

  private boolean isEnd() {
    return sql.charAt(at) == ';' && depth == 0 && blocks == 0;
  }

  private void step() {
    char c = sql.charAt(at);
    switch (c) {
      case '\'' -> at = literal();
      case '"' -> at = after("\"", at + 1);
      case '$' -> at = dollar().map(tag -> after(tag, at + tag.length())).orElse(at + 1);
      case '(', '[' -> {
        depth++;
        at++;
      }
      case ')', ']' -> {
        depth--;
        at++;
      }
      case '-' -> at = sql.startsWith("--", at) ? endOfLine() : at + 1;
      case '/' -> at = sql.startsWith("/*", at) ? comment() : at + 1;
      default -> {
        if (isWordStart(c)) {
          word();
        } else {
          at++;
        }
      }
    }
  }

  /** A doubled quote reads as two literals; only an escape string has other ways to hold one. */
  private int literal() {
    boolean escapes =
        at > 0
            && Character.toUpperCase(sql.charAt(at - 1)) == 'E'
            && (at < 2 || !isWordPart(sql.charAt(at - 2)));
    int end = at + 1;
    while (end < sql.length() && sql.charAt(end) != '\'') {
      end += escapes && sql.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, sql.length());
  }

  private int after(String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  /** The dollar quote that starts here: no digit first, and not within a name. */
  private Optional<String> dollar() {
    if (at > 0 && isWordPart(sql.charAt(at - 1))) {
      return Optional.empty();
    }
    int end = at + 1;
    while (end < sql.length() && isWordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
      end++;
    }
    boolean isQuote =
        end < sql.length()
            && sql.charAt(end) == '$'
            && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
    return isQuote ? Optional.of(sql.substring(at, end + 1)) : Optional.empty();
  }

  /** Comments nest. */
  private int comment() {
    int open = 1;
    int end = at + 2;
    while (end < sql.length() && open > 0) {
      if (sql.startsWith("/*", end)) {
        open++;
        end += 2;
      } else if (sql.startsWith("*/", end)) {
        open--;
        end += 2;
      } else {
        end++;
      }
    }
    return end;
  }

  private void word() {
    int end = at;
    while (end < sql.length() && isWordPart(sql.charAt(end))) {
      end++;
    }
    String word = sql.substring(at, end).toLowerCase(Locale.ROOT);
    at = end;
    String before = previous;
    previous = word;
    if (words.size() < 4) {
      words.add(word);
    }
    if (!isRoutine() || depth > 0) {
      return;
    }
    // CASE is the only other thing that ends with END in a body, and neither can be a bare name.
    if (blocks == 0 ? word.equals("atomic") && before.equals("begin") : word.equals("case")) {
      blocks++;
    } else if (word.equals("end") && blocks > 0) {
      blocks--;
    }
  }

  /** Whether the statement is {@code CREATE [OR REPLACE] FUNCTION} or {@code PROCEDURE}. */
  private boolean isRoutine() {
    int kind = words.size() > 2 && words.get(1).equals("or") ? 3 : 1;
    return words.size() > kind
        && words.getFirst().equals("create")
        && Set.of("function", "procedure").contains(words.get(kind));
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || Character.isDigit(c) || c == '$';
  }
}
