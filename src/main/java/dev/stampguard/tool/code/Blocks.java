package dev.stampguard.tool.code;

import java.util.List;
import java.util.Set;

/**
 * What languages with blocks that {@code end} ends do not have in common.
 *
 * @param openers words that begin a block
 * @param control words with which what follows may not run, or may be left
 * @param paths what may stand before {@code execute}, word by word, and changes nothing
 * @param helpers methods of a text that change nothing but blanks
 * @param transparent methods that run their block as if it were not there
 * @param idle calls that do nothing
 * @param joint what joins two texts
 * @param hasReverse whether a second text may follow that takes the first back
 */
record Blocks(
    Set<String> openers,
    Set<String> control,
    List<List<String>> paths,
    Set<String> helpers,
    Set<String> transparent,
    Set<String> idle,
    String joint,
    boolean hasReverse) {
  static final Blocks RUBY =
      new Blocks(
          Set.of("do"),
          Set.of(
              "if", "unless", "while", "until", "for", "case", "begin", "rescue", "ensure",
              "return", "raise", "next", "break", "throw", "loop", "exit", "redo", "retry", "yield",
              "and", "or", "class", "module", "fail", "abort"),
          List.of(
              List.of("connection", "."),
              List.of("ActiveRecord", "::", "Base", ".", "connection", ".")),
          Set.of("squish", "strip", "strip_heredoc", "chomp", "freeze", "lstrip", "rstrip"),
          Set.of("safety_assured", "up_only", "reversible"),
          Set.of(),
          "+",
          false);

  static final Blocks ELIXIR =
      new Blocks(
          Set.of("do", "fn"),
          Set.of(
              "if", "unless", "case", "cond", "for", "with", "try", "receive", "raise", "throw",
              "rescue", "else", "exit", "quote"),
          List.of(),
          Set.of(),
          Set.of(),
          Set.of("flush"),
          "<>",
          true);

  /** How a word at a place changes how deep one is in blocks. */
  int depth(Words words, int at) {
    if (!words.isWord(at) || words.isSymbol(at - 1, ".") || words.isSymbol(at - 1, ":")) {
      return 0;
    }
    boolean isKey = words.isSymbol(at + 1, ":") && words.get(at + 1).from() == words.get(at).to();
    if (isKey) {
      return 0;
    }
    return openers.contains(words.get(at).text()) ? 1 : words.isWord(at, "end") ? -1 : 0;
  }
}
