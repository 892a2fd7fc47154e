package dev.stampguard.tool.code;

/** C#. */
final class CSharpTokenizer extends CodeTokenizer {
  private static final Form QUOTED = new Form(Escapes.ALL, false, "");
  private static final Form VERBATIM = new Form(Escapes.NONE, true, "");
  private static final Form RAW = new Form(Escapes.NONE, false, "");
  private static final Form COMPUTED = new Form(Escapes.ALL, false, "{");
  private static final Form COMPUTED_VERBATIM = new Form(Escapes.NONE, true, "{");
  private static final Form COMPUTED_RAW = new Form(Escapes.NONE, false, "{");

  CSharpTokenizer(String source, int line) {
    super(source, line);
  }

  @Override
  boolean readSpecial(char c) {
    if (source.startsWith("//", at)) {
      skipLine();
    } else if (source.startsWith("/*", at)) {
      skipBehind("*/", at + 2);
    } else if (c == '\'') {
      string(at + 1, "'", QUOTED);
    } else if (source.startsWith("@\"", at)) {
      string(at + 2, "\"", VERBATIM);
    } else if (source.startsWith("$@\"", at) || source.startsWith("@$\"", at)) {
      string(at + 3, "\"", COMPUTED_VERBATIM);
    } else if (c == '"' || (c == '$' && behindDollars() > at && charAt(behindDollars()) == '"')) {
      quoted(behindDollars());
    } else {
      return false;
    }
    return true;
  }

  private int behindDollars() {
    int i = at;
    while (charAt(i) == '$') {
      i++;
    }
    return i;
  }

  /** Three quotes or more end with as many. */
  private void quoted(int open) {
    boolean isComputed = open > at;
    int behind = open;
    while (charAt(behind) == '"') {
      behind++;
    }
    int quotes = behind - open;
    if (quotes >= 3) {
      string(behind, "\"".repeat(quotes), isComputed ? COMPUTED_RAW : RAW);
    } else {
      string(open + 1, "\"", isComputed ? COMPUTED : QUOTED);
    }
  }
}
