package dev.stampguard.tool.code;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.code.CodeToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The statements of a function in JavaScript that is given what runs SQL. */
final class JavaScriptBody extends BodyReader {
  /** What a line begins or ends with that goes on with the one before. */
  private static final Set<String> JOINTS =
      Set.of(
          ".", "?.", "?", ":", "+", "-", "*", "/", ",", "&&", "||", "=", "=>", "(", "[", "{", "<",
          ">", "!", "==", "!=", "+=", "%", "^", "&", "|", "??");

  private final String runner;
  private final JavaScriptCalls calls;
  private final boolean isExpression;
  private boolean isOver;

  /**
   * @param runner the name of what the function is given
   * @param isExpression whether it is a single one that is returned, whatever comes behind it
   */
  JavaScriptBody(
      Words body, String runner, JavaScriptCalls calls, boolean isExpression, Unread unread) {
    super(body, unread);
    this.runner = runner;
    this.calls = calls;
    this.isExpression = isExpression;
  }

  @Override
  boolean isOver() {
    return isOver;
  }

  @Override
  List<SchemaOperation> statement() {
    isOver = isExpression;
    boolean isAwaited = isExpression;
    if (body.isWord(at, "return")) {
      at++;
      isAwaited = true;
      isOver = true;
      if (at == body.size() || body.isSymbol(at, ";") || body.isNewline(at)) {
        return List.of();
      }
    }
    if (body.isWord(at, "await")) {
      at++;
      isAwaited = true;
    }
    if (!isAwaited || !body.isWord(at, runner)) {
      return null;
    }
    at++;
    return calls();
  }

  /** One call, or several of the same in a chain. */
  private List<SchemaOperation> calls() {
    var operations = new ArrayList<SchemaOperation>();
    var path = new ArrayList<String>();
    boolean isCalled = false;
    int next = body.skipLines(at);
    while (body.isSymbol(next, ".") && body.isWord(next + 1)) {
      if (isCalled) {
        path.removeLast();
      }
      path.add(body.get(next + 1).text());
      at = next + 2;
      skipTypes();
      isCalled = body.isSymbol(at, "(");
      if (isCalled) {
        CodeToken text = argument(String.join(".", path));
        if (text == null) {
          return null;
        }
        operations.addAll(sql(text));
      }
      next = body.skipLines(at);
    }
    return isCalled ? operations : null;
  }

  private void skipTypes() {
    if (body.isSymbol(at, "<")) {
      while (at < body.size() && !body.isSymbol(at, "(")) {
        at++;
      }
    }
  }

  private CodeToken argument(String path) {
    if (!calls.paths().contains(path)) {
      return null;
    }
    int close = body.closing(at);
    at++;
    CodeToken text = literal("+");
    if (text == null || (calls.hasPlaceholders() && text.text().contains("?"))) {
      return null;
    }
    at = body.skipLines(at);
    if (body.isSymbol(at, ",")) {
      at = body.skipLines(at + 1);
    }
    if (at < close && !acceptOptions()) {
      return null;
    }
    if (at != close || close == body.size()) {
      return null;
    }
    at = close + 1;
    return text;
  }

  /** An object of which every key is known to be without a meaning for the text. */
  private boolean acceptOptions() {
    if (!body.isSymbol(at, "{")) {
      return false;
    }
    int close = body.closing(at);
    boolean isKey = true;
    int depth = 0;
    for (int i = at + 1; i < close; i++) {
      CodeToken token = body.get(i);
      depth += body.depth(i);
      if (depth == 0 && token.isSymbol(",")) {
        isKey = true;
      } else if (isKey && !token.isNewline()) {
        if (token.kind() != Kind.WORD || !calls.options().contains(token.text())) {
          return false;
        }
        isKey = false;
      }
    }
    at = close + 1;
    int behind = body.skipLines(at);
    at = body.isSymbol(behind, ",") ? behind + 1 : behind;
    at = body.skipLines(at);
    return true;
  }

  @Override
  boolean acceptEnd() {
    if (at >= body.size() || body.isSymbol(at, ";")) {
      return true;
    }
    if (isExpression && (body.isSymbol(at, ",") || body.isSymbol(at, "}"))) {
      return true;
    }
    int next = body.skipLines(at);
    return body.isNewline(at) && (next >= body.size() || !isJoint(body.get(next)));
  }

  /** Whether the line goes on that begins or ends with this. */
  static boolean isJoint(CodeToken token) {
    return token.kind() == Kind.SYMBOL && JOINTS.contains(token.text());
  }

  @Override
  int end(int from) {
    int depth = 0;
    for (int i = from; i < body.size(); i++) {
      depth += body.depth(i);
      if (depth < 0) {
        return i;
      }
      boolean isEnd = body.isSymbol(i, ";") || (isExpression && body.isSymbol(i, ","));
      if (depth == 0 && isEnd) {
        return i + 1;
      }
      int next = body.skipLines(i);
      if (depth == 0
          && body.isNewline(i)
          && i > from
          && !isJoint(body.get(i - 1))
          && (next >= body.size() || !isJoint(body.get(next)))) {
        return i;
      }
    }
    return body.size();
  }
}
