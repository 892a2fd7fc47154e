package dev.stampguard.tool.sql;

/**
 * One word of an SQL text.
 *
 * @param kind what it is
 * @param text a word folded to lower case, a quoted identifier or string without its quotes, a
 *     symbol as written
 * @param line how many lines below the first one it stands
 * @param start index of its first character in the text
 * @param end index after its last one
 */
record SqlToken(Kind kind, String text, int line, int start, int end) {
  enum Kind {
    WORD,
    QUOTED_IDENTIFIER,
    STRING,
    NUMBER,
    SYMBOL
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isIdentifier() {
    return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
  }
}
