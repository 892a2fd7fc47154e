package dev.stampguard.tool.code;

import dev.stampguard.tool.code.CodeToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a program into words; comments vanish. What differs is said by each language. */
abstract class CodeTokenizer {
  private static final Set<String> PAIRS =
      Set.of("=>", "==", "!=", "?.", "&&", "||", "|>", "<>", "->", "::", "<=", ">=", "+=");

  /** What follows a backslash and stands for something that is not worked out here. */
  private static final String UNKNOWN_ESCAPES = "xuUNbfvaesMCc0123456789";

  /** Which backslashes mean something in a string. */
  enum Escapes {
    NONE,
    /** Those before the closing mark and before another one. */
    OWN,
    ALL
  }

  final String source;
  final List<CodeToken> tokens = new ArrayList<>();
  int at;
  private int line;

  /**
   * @param line 1-based line on which the text begins
   */
  CodeTokenizer(String source, int line) {
    this.source = source;
    this.line = line;
  }

  /** Reads a comment, a string or what else only this language has, if there is any here. */
  abstract boolean readSpecial(char c);

  /** What a name may end with. */
  String nameEnds() {
    return "";
  }

  /** Called behind each end of a line. */
  void lineEnded() {}

  final List<CodeToken> read() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\n') {
        add(Kind.NEWLINE, at + 1);
        lineEnded();
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (source.startsWith("\\\n", at)) {
        skipTo(at + 2);
      } else if (!readSpecial(c)) {
        if (isNamePart(c)) {
          name();
        } else {
          symbol();
        }
      }
    }
    return tokens;
  }

  final char charAt(int index) {
    return index >= 0 && index < source.length() ? source.charAt(index) : 0;
  }

  static boolean isNamePart(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }

  private void name() {
    int end = at;
    while (isNamePart(charAt(end))) {
      end++;
    }
    if (charAt(end) != 0 && nameEnds().indexOf(charAt(end)) >= 0 && charAt(end + 1) != '=') {
      end++;
    }
    add(Kind.WORD, end);
  }

  private void symbol() {
    boolean isPair = at + 2 <= source.length() && PAIRS.contains(source.substring(at, at + 2));
    add(Kind.SYMBOL, at + (isPair ? 2 : 1));
  }

  private void add(Kind kind, int end) {
    tokens.add(new CodeToken(kind, source.substring(at, end), line, at, end, true));
    skipTo(end);
  }

  /** Goes on behind something of which no word is made. */
  final void skipTo(int end) {
    int stop = Math.min(end, source.length());
    for (; at < stop; at++) {
      line += source.charAt(at) == '\n' ? 1 : 0;
    }
  }

  final void skipLine() {
    int end = source.indexOf('\n', at);
    skipTo(end < 0 ? source.length() : end);
  }

  final void skipBehind(String mark, int from) {
    int end = source.indexOf(mark, from);
    skipTo(end < 0 ? source.length() : end + mark.length());
  }

  /** Something quoted of which nobody needs to know what is in it. */
  final void opaque(int end) {
    tokens.add(new CodeToken(Kind.STRING, "", line, at, Math.min(end, source.length()), false));
    skipTo(end);
  }

  /** The last word that is no end of a line; {@code null} at the beginning. */
  final CodeToken last() {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (!tokens.get(i).isNewline()) {
        return tokens.get(i);
      }
    }
    return null;
  }

  /** Whether what comes can be no operator, because nothing stands before it to work on. */
  final boolean isValueExpected() {
    CodeToken last = last();
    return last == null
        || (last.kind() == Kind.SYMBOL && !Set.of(")", "]", "}").contains(last.text()));
  }

  /**
   * What makes a string.
   *
   * @param escapes which backslashes mean something
   * @param isDoubled whether the closing mark twice stands for itself
   * @param computed what begins a part that is computed; empty when nothing does
   */
  record Form(Escapes escapes, boolean isDoubled, String computed) {}

  /**
   * Reads a string that begins here.
   *
   * @param start of what is in it
   * @param close what ends it
   */
  final void string(int start, String close, Form form) {
    int from = at;
    var text = new StringBuilder();
    boolean isPlain = true;
    skipTo(start);
    int firstLine = line;
    int i = start;
    int depth = 0;
    String open = opening(close);
    boolean isClosed = false;
    while (i < source.length() && !isClosed) {
      char c = source.charAt(i);
      if (form.isDoubled() && source.startsWith(close + close, i)) {
        text.append(close);
        i += 2 * close.length();
      } else if (depth == 0 && source.startsWith(close, i)) {
        isClosed = true;
      } else if (c == '\\' && form.escapes() == Escapes.ALL) {
        char escaped = charAt(i + 1);
        isPlain &= UNKNOWN_ESCAPES.indexOf(escaped) < 0;
        text.append(unescaped(escaped));
        i += 2;
      } else if (c == '\\'
          && form.escapes() == Escapes.OWN
          && (charAt(i + 1) == '\\' || source.startsWith(close, i + 1))) {
        text.append(charAt(i + 1));
        i += 2;
      } else if (!form.computed().isEmpty() && source.startsWith(form.computed(), i)) {
        isPlain = false;
        i = behindCode(i + form.computed().length());
      } else {
        depth += open.indexOf(c) >= 0 ? 1 : 0;
        depth -= !open.isEmpty() && close.indexOf(c) >= 0 ? 1 : 0;
        text.append(c);
        i++;
      }
    }
    int end = Math.min(source.length(), i + close.length());
    tokens.add(
        new CodeToken(Kind.STRING, text.toString(), firstLine, from, end, isPlain && isClosed));
    skipTo(end);
  }

  /** Brackets are counted inside of them. */
  private static String opening(String close) {
    return switch (close) {
      case ")" -> "(";
      case "]" -> "[";
      case "}" -> "{";
      case ">" -> "<";
      default -> "";
    };
  }

  private static String unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '\n', 0 -> "";
      default -> String.valueOf(escaped);
    };
  }

  /** Behind the brace that ends what is computed in a string. */
  private int behindCode(int from) {
    int depth = 1;
    int i = from;
    for (; i < source.length() && depth > 0; i++) {
      char c = source.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == '\'' || c == '"' || c == '`') {
        i = endOfQuoted(i);
      }
    }
    return i;
  }

  private int endOfQuoted(int open) {
    char quote = source.charAt(open);
    for (int i = open + 1; i < source.length(); i++) {
      if (source.charAt(i) == '\\') {
        i++;
      } else if (source.charAt(i) == quote) {
        return i;
      } else if (quote == '`' && source.startsWith("${", i)) {
        i = behindCode(i + 2) - 1;
      }
    }
    return source.length();
  }

  /** The word at a place becomes a string that is read only later. */
  final void replace(int index, String text, int lineOfText, boolean isPlain) {
    CodeToken old = tokens.get(index);
    tokens.set(index, new CodeToken(Kind.STRING, text, lineOfText, old.from(), old.to(), isPlain));
  }

  final int line() {
    return line;
  }
}
