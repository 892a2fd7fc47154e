package dev.stampguard.tool.code;

import dev.stampguard.tool.code.CodeToken.Kind;
import java.util.Set;

/** JavaScript and TypeScript. */
final class JavaScriptTokenizer extends CodeTokenizer {
  private static final Form QUOTED = new Form(Escapes.ALL, false, "");
  private static final Form TEMPLATE = new Form(Escapes.ALL, false, "${");

  /** Words behind which a value begins. */
  private static final Set<String> BEFORE_VALUES =
      Set.of("return", "typeof", "case", "in", "of", "await", "void", "delete", "else");

  JavaScriptTokenizer(String source, int line) {
    super(source, line);
  }

  @Override
  boolean readSpecial(char c) {
    if (source.startsWith("//", at) || (at == 0 && source.startsWith("#!"))) {
      skipLine();
    } else if (source.startsWith("/*", at)) {
      skipBehind("*/", at + 2);
    } else if (c == '\'' || c == '"') {
      string(at + 1, String.valueOf(c), QUOTED);
    } else if (c == '`') {
      string(at + 1, "`", TEMPLATE);
    } else if (c == '/' && isPatternExpected()) {
      opaque(behindPattern());
    } else {
      return false;
    }
    return true;
  }

  private boolean isPatternExpected() {
    CodeToken last = last();
    return isValueExpected() || (last.kind() == Kind.WORD && BEFORE_VALUES.contains(last.text()));
  }

  private int behindPattern() {
    boolean isInClass = false;
    for (int i = at + 1; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        isInClass = true;
      } else if (c == ']') {
        isInClass = false;
      } else if ((c == '/' && !isInClass) || c == '\n') {
        return i + 1;
      }
    }
    return source.length();
  }
}
