package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.sql.SqlReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads statements that run one after the other. Of a statement that is not understood is said that
 * it is not; the next one is read all the same.
 */
abstract class BodyReader {
  final Words body;
  private final Unread unread;
  private final List<SchemaOperation> operations = new ArrayList<>();

  /** Where reading is. */
  int at;

  BodyReader(Words body, Unread unread) {
    this.body = body;
    this.unread = unread;
  }

  /**
   * Reads one statement, and goes on behind it, up to what has to end it.
   *
   * @return what it does; {@code null} when it is not understood, wherever reading is then
   */
  abstract List<SchemaOperation> statement();

  /** Whether what comes ends a statement; and goes on behind that. */
  abstract boolean acceptEnd();

  /** Where a statement ends that is not understood: more than one may be in it. */
  abstract int end(int from);

  /** Whether nothing that comes is run. */
  boolean isOver() {
    return false;
  }

  /** Goes on behind what has no meaning between statements. */
  void skipBetween() {
    while (body.isNewline(at) || body.isSymbol(at, ";")) {
      at++;
    }
  }

  final List<SchemaOperation> read() {
    skipBetween();
    while (at < body.size() && !isOver()) {
      int start = at;
      List<SchemaOperation> done = statement();
      if (done != null && acceptEnd()) {
        operations.addAll(done);
      } else {
        at = isOver() ? body.size() : Math.max(start + 1, end(start));
        operations.add(unread.of(body.get(start).line(), body.text(start, at)));
      }
      skipBetween();
    }
    return operations;
  }

  /**
   * A text in which nothing is computed; several may be joined.
   *
   * @param joint what joins them
   * @return {@code null} when it is something else
   */
  final CodeToken literal(String joint) {
    at = body.skipLines(at);
    if (!body.isString(at) || !body.get(at).isPlain()) {
      return null;
    }
    CodeToken first = body.get(at++);
    var text = new StringBuilder(first.text());
    int next = body.skipLines(at);
    while (body.isSymbol(next, joint)) {
      next = body.skipLines(next + 1);
      if (!body.isString(next) || !body.get(next).isPlain()) {
        return null;
      }
      text.append(body.get(next).text());
      at = next + 1;
      next = body.skipLines(at);
    }
    return new CodeToken(
        CodeToken.Kind.STRING, text.toString(), first.line(), first.from(), first.to(), true);
  }

  static List<SchemaOperation> sql(CodeToken literal) {
    return SqlReader.read(literal.text(), literal.line());
  }
}
