package dev.stampguard.tool.code;

import dev.stampguard.tool.code.CodeToken.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of a program, word by word.
 *
 * @param source the whole text
 * @param tokens the words of the part
 */
record Words(String source, List<CodeToken> tokens) {
  private static final Map<String, String> BRACKETS = Map.of("(", ")", "[", "]", "{", "}");

  int size() {
    return tokens.size();
  }

  CodeToken get(int index) {
    return tokens.get(index);
  }

  boolean isWord(int index, String word) {
    return index >= 0 && index < size() && get(index).isWord(word);
  }

  boolean isWord(int index) {
    return index >= 0 && index < size() && get(index).kind() == Kind.WORD;
  }

  boolean isSymbol(int index, String symbol) {
    return index >= 0 && index < size() && get(index).isSymbol(symbol);
  }

  boolean isString(int index) {
    return index >= 0 && index < size() && get(index).kind() == Kind.STRING;
  }

  boolean isNewline(int index) {
    return index >= 0 && index < size() && get(index).isNewline();
  }

  /** The first place from here on that is no end of a line. */
  int skipLines(int from) {
    int at = from;
    while (isNewline(at)) {
      at++;
    }
    return at;
  }

  Words part(int from, int to) {
    return new Words(source, tokens.subList(from, to));
  }

  /** The place of the bracket that closes the one at a place; the end when none does. */
  int closing(int open) {
    int depth = 0;
    for (int at = open; at < size(); at++) {
      depth += depth(at);
      if (depth == 0) {
        return at;
      }
    }
    return size();
  }

  /** How a bracket at a place changes how deep one is. */
  int depth(int at) {
    CodeToken token = get(at);
    if (token.kind() != Kind.SYMBOL) {
      return 0;
    }
    return BRACKETS.containsKey(token.text()) ? 1 : BRACKETS.containsValue(token.text()) ? -1 : 0;
  }

  boolean hasAny(Set<String> words) {
    return tokens.stream()
        .anyMatch(token -> token.kind() == Kind.WORD && words.contains(token.text()));
  }

  /** The program's text of some words. */
  String text(int from, int to) {
    return from >= to ? "" : source.substring(get(from).from(), get(to - 1).to());
  }

  /** The whole text of them. */
  String text() {
    return text(0, size());
  }

  /** 1-based line of the first word; 1 when there is none. */
  int line() {
    return tokens.isEmpty() ? 1 : tokens.getFirst().line();
  }
}
