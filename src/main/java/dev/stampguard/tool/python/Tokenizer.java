package dev.stampguard.tool.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts Python into tokens in one pass, as the <a
 * href="https://docs.python.org/3/reference/lexical_analysis.html">language reference</a> says:
 * brackets join lines, indentation becomes tokens, comments vanish.
 */
final class Tokenizer {
  /** Python refuses deeper nesting too ("too many nested parentheses"). */
  private static final int DEEPEST = 200;

  private static final int TAB = 8;

  private static final Set<String> OPERATORS =
      Set.of(
          "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->",
          "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "+", "-", "*", "/", "%", "@",
          "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=");

  private static final Set<String> STRING_PREFIXES =
      Set.of("r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private final Deque<Bracket> brackets = new ArrayDeque<>();
  private int at;
  private int line = 1;

  /** One that is open, and where it was opened. */
  private record Bracket(char sign, int line) {}

  private Tokenizer(String source) {
    this.source = source;
  }

  /**
   * @param source with line feeds as its only line ends
   */
  static List<Token> tokens(String source) throws PythonSyntaxException {
    return new Tokenizer(source).read();
  }

  private List<Token> read() throws PythonSyntaxException {
    boolean lineStart = true;
    while (at < source.length()) {
      if (lineStart && brackets.isEmpty()) {
        lineStart = false;
        indentation();
        continue;
      }
      char c = source.charAt(at);
      if (c == '\n') {
        if (brackets.isEmpty()) {
          endLine();
          lineStart = true;
        }
        at++;
        line++;
      } else if (c == '#') {
        skipComment();
      } else if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) == '\n') {
        at += 2;
        line++;
      } else if (isBlank(c)) {
        at++;
      } else {
        word(c);
      }
    }
    if (!brackets.isEmpty()) {
      Bracket open = brackets.element();
      throw new PythonSyntaxException(open.line, "`" + open.sign + "` is never closed");
    }
    endLine();
    while (indents.size() > 1) {
      indents.pop();
      add(Token.Kind.DEDENT, "");
    }
    add(Token.Kind.END, "");
    return tokens;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private void add(Token.Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private void endLine() {
    if (!tokens.isEmpty()) {
      switch (tokens.getLast().kind()) {
        case NEWLINE, INDENT, DEDENT -> {
          // a blank line ends nothing
        }
        case NAME, NUMBER, STRING, OPERATOR, END -> add(Token.Kind.NEWLINE, "");
      }
    }
  }

  private void skipComment() {
    int end = source.indexOf('\n', at);
    at = end < 0 ? source.length() : end;
  }

  private void indentation() throws PythonSyntaxException {
    int width = 0;
    for (; at < source.length() && isBlank(source.charAt(at)); at++) {
      width =
          switch (source.charAt(at)) {
            case '\t' -> (width / TAB + 1) * TAB;
            case '\f' -> 0;
            default -> width + 1;
          };
    }
    if (at == source.length() || source.charAt(at) == '\n' || source.charAt(at) == '#') {
      return;
    }
    if (width > indents.getFirst()) {
      indents.push(width);
      add(Token.Kind.INDENT, "");
      return;
    }
    while (width < indents.getFirst()) {
      indents.pop();
      add(Token.Kind.DEDENT, "");
    }
    if (width != indents.getFirst()) {
      throw new PythonSyntaxException(line, "the indentation matches no line above");
    }
  }

  private void word(char c) throws PythonSyntaxException {
    if (c == '"' || c == '\'') {
      string(at);
    } else if (Character.isUnicodeIdentifierStart(source.codePointAt(at)) || c == '_') {
      nameOrString();
    } else if (isDigit(c)
        || (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1)))) {
      number();
    } else {
      operator();
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void nameOrString() throws PythonSyntaxException {
    int start = at;
    int end = at;
    while (end < source.length()) {
      int point = source.codePointAt(end);
      if (!Character.isUnicodeIdentifierPart(point) && point != '_') {
        break;
      }
      end += Character.charCount(point);
    }
    String name = source.substring(start, end);
    at = end;
    if (end < source.length()
        && (source.charAt(end) == '"' || source.charAt(end) == '\'')
        && isStringPrefix(name)) {
      string(start);
    } else {
      add(Token.Kind.NAME, name);
    }
  }

  private static boolean isStringPrefix(String name) {
    return name.length() <= 2 && STRING_PREFIXES.contains(name.toLowerCase(Locale.ROOT));
  }

  private void number() {
    int start = at;
    while (at < source.length()) {
      char c = source.charAt(at);
      boolean sign =
          (c == '+' || c == '-')
              && (source.charAt(at - 1) == 'e' || source.charAt(at - 1) == 'E')
              && !source.startsWith("0x", start);
      if (!sign && c != '.' && c != '_' && !Character.isLetterOrDigit(c)) {
        break;
      }
      at++;
    }
    add(Token.Kind.NUMBER, source.substring(start, at));
  }

  private void operator() throws PythonSyntaxException {
    for (int length = Math.min(3, source.length() - at); length > 0; length--) {
      String operator = source.substring(at, at + length);
      if (OPERATORS.contains(operator)) {
        bracket(operator.charAt(0));
        add(Token.Kind.OPERATOR, operator);
        at += length;
        return;
      }
    }
    throw new PythonSyntaxException(line, "`" + source.charAt(at) + "` has no meaning here");
  }

  private void bracket(char c) throws PythonSyntaxException {
    switch (c) {
      case '(', '[', '{' -> {
        brackets.push(new Bracket(c, line));
        if (brackets.size() > DEEPEST) {
          throw new PythonSyntaxException(line, "brackets are nested too deeply");
        }
      }
      case ')', ']', '}' -> {
        char opening = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (brackets.isEmpty() || brackets.pop().sign != opening) {
          throw new PythonSyntaxException(line, "`" + c + "` closes nothing");
        }
      }
      default -> {
        // no bracket
      }
    }
  }

  /** Reads the literal whose prefix starts at {@code start}; {@link #at} is on its quote. */
  private void string(int start) throws PythonSyntaxException {
    int startLine = line;
    skipString(start, 0);
    tokens.add(new Token(Token.Kind.STRING, source.substring(start, at), startLine));
  }

  private void skipString(int prefix, int depth) throws PythonSyntaxException {
    boolean format = false;
    for (int i = prefix; i < at; i++) {
      char c = source.charAt(i);
      format |= c == 'f' || c == 'F' || c == 't' || c == 'T';
    }
    int startLine = line;
    char mark = source.charAt(at);
    boolean triple = source.startsWith(String.valueOf(mark).repeat(3), at);
    at += triple ? 3 : 1;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\\' && at + 1 < source.length()) {
        line += source.charAt(at + 1) == '\n' ? 1 : 0;
        at += 2;
      } else if (c == mark && (!triple || source.startsWith(String.valueOf(mark).repeat(3), at))) {
        at += triple ? 3 : 1;
        return;
      } else if (c == '\n' && !triple) {
        break;
      } else if (format && c == '{') {
        boolean escaped = at + 1 < source.length() && source.charAt(at + 1) == '{';
        at += escaped ? 2 : 1;
        if (!escaped) {
          skipReplacement(startLine, depth + 1);
        }
      } else {
        line += c == '\n' ? 1 : 0;
        at++;
      }
    }
    throw new PythonSyntaxException(startLine, "a string is never closed");
  }

  /**
   * Skips an f-string's replacement field up to its closing brace. Since Python 3.12 the expression
   * in it may use the quotes of the string around it.
   */
  private void skipReplacement(int startLine, int depth) throws PythonSyntaxException {
    if (depth > DEEPEST) {
      throw new PythonSyntaxException(startLine, "an f-string is nested too deeply");
    }
    int open = 0;
    boolean specification = false;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (specification && c == '{') {
        at++;
        skipReplacement(startLine, depth + 1);
        continue;
      }
      if (c == '}' && open == 0) {
        at++;
        return;
      }
      if (!specification) {
        if (c == '"' || c == '\'') {
          int prefix = at;
          while (Character.isLetter(source.charAt(prefix - 1))) {
            prefix--;
          }
          skipString(isStringPrefix(source.substring(prefix, at)) ? prefix : at, depth + 1);
          continue;
        }
        specification = c == ':' && open == 0;
        open += c == '(' || c == '[' || c == '{' ? 1 : 0;
        open -= c == ')' || c == ']' || c == '}' ? 1 : 0;
      }
      line += c == '\n' ? 1 : 0;
      at++;
    }
    throw new PythonSyntaxException(startLine, "an f-string is never closed");
  }
}
