package dev.stampguard.tool.code;

import java.util.Objects;

/**
 * One word of a program.
 *
 * @param kind what it is
 * @param text as it stands; of a string what is in it
 * @param line 1-based line; of a string that of its first character
 * @param from where it begins in the text
 * @param to where it ends, exclusive
 * @param isPlain of a string whether the program runs with exactly this text; otherwise true
 */
record CodeToken(Kind kind, String text, int line, int from, int to, boolean isPlain) {
  CodeToken {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(text);
  }

  /** The closed list of what a word can be. */
  enum Kind {
    /** A name, a keyword or a number. */
    WORD,
    SYMBOL,
    STRING,
    NEWLINE
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isNewline() {
    return kind == Kind.NEWLINE;
  }
}
