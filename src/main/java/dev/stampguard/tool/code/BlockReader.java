package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;
import java.util.ArrayList;
import java.util.List;

/** Finds the method {@code up} or {@code change} of a migration in Ruby or Elixir. */
final class BlockReader {
  private final Words words;
  private final Blocks blocks;
  private final Unread unread;

  BlockReader(Words words, Blocks blocks, Unread unread) {
    this.words = words;
    this.blocks = blocks;
    this.unread = unread;
  }

  List<SchemaOperation> read() {
    var found = new ArrayList<Integer>();
    boolean isStrange = false;
    for (int i = 0; i < words.size(); i++) {
      if (isDefinition(i)) {
        int name = name(i);
        if (words.isWord(name, "up") || words.isWord(name, "change")) {
          found.add(name);
        }
        isStrange |= words.isWord(name, "execute") || words.isWord(name, "connection");
      }
    }
    Words body = isStrange || found.size() != 1 ? null : body(found.getFirst());
    if (body == null || body.hasAny(blocks.control())) {
      return List.of(unread.of(1, words.source()));
    }
    return new BlockBody(body, blocks, unread).read();
  }

  private boolean isDefinition(int at) {
    return (words.isWord(at, "def") || words.isWord(at, "defp") || words.isWord(at, "defmacro"))
        && !words.isSymbol(at - 1, ".")
        && !words.isSymbol(at - 1, ":");
  }

  private int name(int definition) {
    boolean isOfClass = words.isWord(definition + 1, "self") && words.isSymbol(definition + 2, ".");
    return isOfClass ? definition + 3 : definition + 1;
  }

  /** The statements of a method; {@code null} when it has another form. */
  private Words body(int name) {
    int at = name + 1;
    if (words.isSymbol(at, "(") && words.isSymbol(at + 1, ")")) {
      at += 2;
    }
    int next = at;
    while (next < words.size() && !isDefinition(next)) {
      next++;
    }
    if (words.part(at, next).hasAny(blocks.control())) {
      return null;
    }
    if (!blocks.hasReverse()) {
      return words.isNewline(at) || words.isSymbol(at, ";") ? block(at, 1, next) : null;
    }
    if (words.isWord(at, "do")) {
      return block(at + 1, 1, next);
    }
    // def up, do: execute("…")
    boolean isShort =
        words.isSymbol(at, ",")
            && words.isWord(words.skipLines(at + 1), "do")
            && words.isSymbol(words.skipLines(at + 1) + 1, ":");
    if (!isShort) {
      return null;
    }
    int from = words.skipLines(words.skipLines(at + 1) + 2);
    Words rest = words.part(from, next);
    return rest.part(0, new BlockBody(rest, blocks, unread).end(0));
  }

  private Words block(int from, int open, int limit) {
    int depth = open;
    for (int i = from; i < limit; i++) {
      depth += blocks.depth(words, i);
      if (depth == 0) {
        return words.part(from, i);
      }
    }
    return null;
  }
}
