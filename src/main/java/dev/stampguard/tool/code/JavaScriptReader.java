package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the function {@code up}, in whatever form a module or a class has it. */
final class JavaScriptReader {
  /** Words with which what follows may not run, or may be left. */
  private static final Set<String> CONTROL =
      Set.of("if", "for", "while", "do", "switch", "try", "throw", "yield", "with");

  private final Words words;
  private final JavaScriptCalls calls;
  private final Unread unread;

  JavaScriptReader(Words words, JavaScriptCalls calls, Unread unread) {
    this.words = words;
    this.calls = calls;
    this.unread = unread;
  }

  /**
   * A function.
   *
   * @param runner the name of what it is given first
   * @param body its statements
   * @param isExpression whether they are a single expression, whatever comes behind it
   */
  private record Function(String runner, Words body, boolean isExpression) {}

  List<SchemaOperation> read() {
    var found = new ArrayList<Function>();
    boolean isStrange = false;
    for (int i = 0; i < words.size(); i++) {
      if (words.isWord(i, "up")) {
        int value = value(i);
        if (value > 0) {
          Function function = function(value);
          isStrange |= function == null;
          found.add(function);
        }
      }
    }
    if (isStrange || found.size() != 1) {
      return List.of(unread.of(words.line(), words.text()));
    }
    Function up = found.getFirst();
    boolean isConditional = up.body().hasAny(CONTROL) || hasBlock(up.body()) || isAssigned(up);
    if (isConditional) {
      return List.of(unread.of(up.body().line(), up.body().text()));
    }
    return new JavaScriptBody(up.body(), up.runner(), calls, up.isExpression(), unread).read();
  }

  private static boolean isAssigned(Function up) {
    Words body = up.body();
    for (int i = 0; i < body.size(); i++) {
      if (body.isWord(i, up.runner()) && body.isSymbol(i + 1, "=")) {
        return true;
      }
    }
    return false;
  }

  /** A brace where a statement may begin: what is in such a block may end the function. */
  private static boolean hasBlock(Words body) {
    int depth = 0;
    CodeToken before = null;
    for (int i = 0; i < body.size(); i++) {
      boolean isFirst =
          before == null
              || before.isSymbol(";")
              || before.isSymbol("}")
              || (body.isNewline(i - 1) && !JavaScriptBody.isJoint(before));
      if (depth == 0 && body.isSymbol(i, "{") && isFirst) {
        return true;
      }
      depth += body.depth(i);
      before = body.isNewline(i) ? before : body.get(i);
    }
    return false;
  }

  /** Where the function of a name begins, or its parameters; 0 when this only mentions one. */
  private int value(int name) {
    boolean isDeclared = words.isWord(name - 1, "function");
    int before = words.isWord(name - 2, "async") ? name - 3 : name - 2;
    if (isDeclared && (words.isSymbol(before, "=") || words.isSymbol(before, ":"))) {
      return 0; // What is assigned was found already.
    }
    if (words.isSymbol(name + 1, "(")) {
      int behind = words.closing(name + 1) + 1;
      boolean isMethod =
          !words.isSymbol(name - 1, ".")
              && (words.isSymbol(behind, "{") || words.isSymbol(behind, ":"));
      return isDeclared || isMethod ? name + 1 : 0;
    }
    boolean isProperty = words.isSymbol(name + 1, ":") || words.isSymbol(name + 1, "=");
    return isProperty && !isDeclared ? name + 2 : 0;
  }

  private Function function(int from) {
    int at = words.isWord(from, "async") ? from + 1 : from;
    if (words.isWord(at, "function")) {
      at = words.isWord(at + 1) ? at + 2 : at + 1;
    }
    if (words.isWord(at) && words.isSymbol(at + 1, "=>")) {
      return arrow(words.get(at).text(), at + 1);
    }
    if (!words.isSymbol(at, "(")) {
      return null;
    }
    int close = words.closing(at);
    if (close == at + 1) {
      return block("", close + 1);
    }
    if (!words.isWord(at + 1)) {
      return null;
    }
    String runner = words.get(at + 1).text();
    int behind = close + 1;
    while (behind < words.size()
        && !words.isSymbol(behind, "{")
        && !words.isSymbol(behind, "=>")
        && !words.isSymbol(behind, ";")) {
      behind++;
    }
    return words.isSymbol(behind, "=>") ? arrow(runner, behind) : block(runner, behind);
  }

  private Function arrow(String runner, int at) {
    int from = words.skipLines(at + 1);
    if (words.isSymbol(from, "{")) {
      return block(runner, from);
    }
    Words rest = words.part(from, words.size());
    int end = new JavaScriptBody(rest, runner, calls, true, unread).end(0);
    return new Function(runner, rest.part(0, end), true);
  }

  private Function block(String runner, int open) {
    return words.isSymbol(open, "{") && words.closing(open) < words.size()
        ? new Function(runner, words.part(open + 1, words.closing(open)), false)
        : null;
  }
}
