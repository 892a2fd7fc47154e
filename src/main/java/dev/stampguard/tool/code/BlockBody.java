package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The statements of a method in a language with blocks that {@code end} ends. */
final class BlockBody extends BodyReader {
  /** What a line begins or ends with that goes on with the one before. */
  private static final Set<String> JOINTS =
      Set.of(
          ".", "|>", "+", "-", "*", "/", ",", "&&", "||", "=", "=>", "->", "(", "[", "{", "<>", "|",
          "==", "!=", "+=", "&.", "?", ":", "::", "<", ">");

  private final Blocks blocks;

  /** What ends a block whose statements are read like those around it. */
  private final Deque<String> open = new ArrayDeque<>();

  private String direction = "";

  BlockBody(Words body, Blocks blocks, Unread unread) {
    super(body, unread);
    this.blocks = blocks;
  }

  @Override
  List<SchemaOperation> statement() {
    if (body.isWord(at) && blocks.idle().contains(body.get(at).text())) {
      at++;
      if (body.isSymbol(at, "(") && body.isSymbol(at + 1, ")")) {
        at += 2;
      }
      return List.of();
    }
    if (acceptBlock()) {
      return List.of();
    }
    acceptPath();
    if (!body.isWord(at, "execute")) {
      return null;
    }
    at++;
    boolean isBracketed = body.isSymbol(at, "(");
    int close = isBracketed ? body.closing(at) : -1;
    at += isBracketed ? 1 : 0;
    CodeToken text = literal(blocks.joint());
    if (text == null || !acceptHelpers(text) || !acceptReverse()) {
      return null;
    }
    if (isBracketed) {
      at = body.skipLines(at);
      if (at != close || close == body.size()) {
        return null;
      }
      at++;
    }
    return sql(text);
  }

  /** The connection that is used anyhow. */
  private void acceptPath() {
    for (List<String> path : blocks.paths()) {
      int next = at;
      for (String part : path) {
        boolean isThere = body.isWord(next, part) || body.isSymbol(next, part);
        next = isThere ? next + 1 : -1;
        if (next < 0) {
          break;
        }
      }
      if (next > 0) {
        at = next;
        return;
      }
    }
  }

  /** Methods of a text that change nothing but blanks in it. */
  private boolean acceptHelpers(CodeToken text) {
    while (body.isSymbol(at, ".") && body.isWord(at + 1)) {
      String helper = body.get(at + 1).text();
      boolean isBlanks = blocks.helpers().contains(helper);
      boolean isCommentedOut = helper.equals("squish") && text.text().contains("--");
      if (!isBlanks || isCommentedOut) {
        return false;
      }
      at += 2;
    }
    return true;
  }

  /** What takes it back. */
  private boolean acceptReverse() {
    if (!blocks.hasReverse() || !body.isSymbol(at, ",")) {
      return true;
    }
    at++;
    return literal(blocks.joint()) != null;
  }

  /** A block that is run as if it were not there, or the one that only goes the other way. */
  private boolean acceptBlock() {
    int start = at;
    String name = body.isWord(at) ? body.get(at).text() : "";
    boolean isEither = blocks.transparent().contains(name);
    boolean isOneWay =
        !direction.isEmpty()
            && name.equals(direction)
            && body.isSymbol(at + 1, ".")
            && (body.isWord(at + 2, "up") || body.isWord(at + 2, "down"));
    boolean isDown = isOneWay && body.isWord(at + 2, "down");
    if (!isEither && !isOneWay) {
      return false;
    }
    at += isOneWay ? 3 : 1;
    if (!body.isSymbol(at, "{") && !body.isWord(at, "do")) {
      at = start;
      return false;
    }
    boolean isBrace = body.isSymbol(at, "{");
    if (isDown) {
      at = isBrace ? body.closing(at) + 1 : behindBlock(at);
      return true;
    }
    at++;
    if (body.isSymbol(at, "|") && body.isWord(at + 1) && body.isSymbol(at + 2, "|")) {
      direction = body.get(at + 1).text();
      at += 3;
    }
    open.push(isBrace ? "}" : "end");
    return true;
  }

  /** Behind the {@code end} of a block that begins here. */
  private int behindBlock(int from) {
    int depth = 0;
    for (int i = from; i < body.size(); i++) {
      depth += blocks.depth(body, i);
      if (depth == 0) {
        return i + 1;
      }
    }
    return body.size();
  }

  @Override
  void skipBetween() {
    super.skipBetween();
    while (!open.isEmpty() && isClosing()) {
      open.pop();
      at++;
      super.skipBetween();
    }
  }

  private boolean isClosing() {
    String end = open.peek();
    return body.isSymbol(at, end) || body.isWord(at, end);
  }

  @Override
  boolean acceptEnd() {
    boolean isOpening =
        at > 0
            && (body.isSymbol(at - 1, "{")
                || body.isWord(at - 1, "do")
                || body.isSymbol(at - 1, "|"));
    if (at >= body.size() || body.isSymbol(at, ";") || isOpening) {
      return true;
    }
    if (!open.isEmpty() && isClosing()) {
      return true;
    }
    int next = body.skipLines(at);
    return body.isNewline(at) && (next >= body.size() || !isJoint(next));
  }

  private boolean isJoint(int index) {
    return body.get(index).kind() == CodeToken.Kind.SYMBOL
        && JOINTS.contains(body.get(index).text());
  }

  @Override
  int end(int from) {
    int depth = 0;
    for (int i = from; i < body.size(); i++) {
      int change = blocks.depth(body, i) + body.depth(i);
      if (depth + change < 0) {
        return i;
      }
      depth += change;
      int next = body.skipLines(i);
      boolean isEnd =
          body.isSymbol(i, ";")
              || (body.isNewline(i)
                  && i > from
                  && !isJoint(i - 1)
                  && (next >= body.size() || !isJoint(next)));
      if (depth == 0 && isEnd) {
        return i;
      }
    }
    return body.size();
  }
}
