package dev.stampguard.tool.python;

/**
 * One word of a Python source.
 *
 * @param kind what it is
 * @param text as written; of a string the whole literal with prefix and quotes
 * @param line the 1-based line it starts on
 */
public record Token(Kind kind, String text, int line) {
  /** The kinds of token. */
  public enum Kind {
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    /** The end of a logical line. */
    NEWLINE,
    INDENT,
    DEDENT,
    END
  }

  /** Whether this is the operator or bracket {@code text}. */
  public boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** Whether this is the name or keyword {@code text}. */
  public boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** What a string token stands for; empty for every other kind. */
  public String stringContent() {
    return kind == Kind.STRING ? StringLiteral.read(text).value() : "";
  }
}
