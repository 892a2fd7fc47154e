package dev.stampguard.tool.sql;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import java.util.ArrayList;
import java.util.List;

/** A place in one statement, moved forward by what is recognised there. */
final class SqlCursor {
  private final List<SqlToken> tokens;
  private int at;

  SqlCursor(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  /** The token here; an empty symbol at the end. */
  SqlToken peek() {
    return atEnd() ? new SqlToken(SqlToken.Kind.SYMBOL, "", 0, 0, 0) : tokens.get(at);
  }

  SqlToken next() throws UnreadSqlException {
    if (atEnd()) {
      throw new UnreadSqlException();
    }
    return tokens.get(at++);
  }

  /** Takes these words, all of them or none. */
  boolean accept(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (at + i >= tokens.size() || !tokens.get(at + i).isWord(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  boolean acceptSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    at += found ? 1 : 0;
    return found;
  }

  void expect(String... words) throws UnreadSqlException {
    if (!accept(words)) {
      throw new UnreadSqlException();
    }
  }

  /** Takes one of these words when it is here. */
  boolean acceptAny(String... words) {
    for (String word : words) {
      if (accept(word)) {
        return true;
      }
    }
    return false;
  }

  String identifier() throws UnreadSqlException {
    SqlToken token = next();
    if (!token.isIdentifier()) {
      throw new UnreadSqlException();
    }
    return token.text();
  }

  /** {@code name} or {@code schema.name}. */
  QualifiedName qualifiedName() throws UnreadSqlException {
    String first = identifier();
    return acceptSymbol(".")
        ? new QualifiedName(first, identifier())
        : new QualifiedName(SchemaOperation.SEARCH_PATH, first);
  }

  /** The tokens between the parenthesis here and its partner; moves behind it. */
  List<SqlToken> group() throws UnreadSqlException {
    if (!acceptSymbol("(")) {
      throw new UnreadSqlException();
    }
    int start = at;
    for (int open = 1; open > 0; ) {
      SqlToken token = next();
      open += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
    }
    return tokens.subList(start, at - 1);
  }

  /** The rest of the statement; moves to its end. */
  List<SqlToken> rest() {
    List<SqlToken> rest = tokens.subList(Math.min(at, tokens.size()), tokens.size());
    at = tokens.size();
    return rest;
  }

  /** Cuts at the commas that stand in no parenthesis. */
  static List<List<SqlToken>> splitAtCommas(List<SqlToken> tokens) {
    var parts = new ArrayList<List<SqlToken>>();
    int start = 0;
    int open = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      open += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
      open -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
      if (open == 0 && token.isSymbol(",")) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    if (start < tokens.size()) {
      parts.add(tokens.subList(start, tokens.size()));
    }
    return parts;
  }
}
