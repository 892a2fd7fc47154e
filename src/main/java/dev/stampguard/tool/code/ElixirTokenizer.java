package dev.stampguard.tool.code;

/** Elixir. */
final class ElixirTokenizer extends CodeTokenizer {
  private static final Form QUOTED = new Form(Escapes.ALL, false, "#{");
  private static final Form RAW = new Form(Escapes.OWN, false, "");

  ElixirTokenizer(String source, int line) {
    super(source, line);
  }

  @Override
  String nameEnds() {
    return "?!";
  }

  @Override
  boolean readSpecial(char c) {
    if (c == '#') {
      skipLine();
    } else if (source.startsWith("\"\"\"", at) || source.startsWith("'''", at)) {
      string(at + 3, source.substring(at, at + 3), QUOTED);
    } else if (c == '"' || c == '\'') {
      string(at + 1, String.valueOf(c), QUOTED);
    } else if (c == '?' && charAt(at + 1) > ' ' && isValueExpected()) {
      opaque(at + (charAt(at + 1) == '\\' ? 3 : 2));
    } else if (c == '~' && Character.isLetter(charAt(at + 1))) {
      sigil(charAt(at + 1), at + 2);
    } else {
      return false;
    }
    return true;
  }

  /** A text where the letter is an S; of others nobody needs to know what is in them. */
  private void sigil(char letter, int open) {
    String mark =
        source.startsWith("\"\"\"", open) || source.startsWith("'''", open)
            ? source.substring(open, open + 3)
            : String.valueOf(charAt(open));
    String close =
        switch (mark) {
          case "(" -> ")";
          case "[" -> "]";
          case "{" -> "}";
          case "<" -> ">";
          default -> mark;
        };
    int index = tokens.size();
    string(open + mark.length(), close, Character.isUpperCase(letter) ? RAW : QUOTED);
    if (letter != 's' && letter != 'S') {
      replace(index, "", line(), false);
    }
  }
}
