package dev.stampguard.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code ((a AND b) AND c)} as {@code (a AND b AND c)}, and so with OR: PostgreSQL prints
 * the first for {@code x BETWEEN 1 AND 2 AND c}, and reads it as the second.
 */
final class Junctions {
  private static final List<String> OPERATORS = List.of(" AND ", " OR ");

  private Junctions() {}

  static String flatten(String text) {
    return text.contains("((") && OPERATORS.stream().anyMatch(text::contains)
        ? flattened(text)
        : text;
  }

  private static String flattened(String text) {
    var out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int next;
      if (text.charAt(at) == '(') {
        int close = CanonicalText.close(text, at);
        out.append('(').append(group(text.substring(at + 1, close)));
        next = close;
      } else {
        next = CanonicalText.skip(text, at);
        out.append(text, at, next);
      }
      at = next;
    }
    return out.toString();
  }

  /** What stands between two parentheses. */
  private static String group(String content) {
    for (String operator : OPERATORS) {
      List<String> operands = split(content, operator);
      if (operands.size() > 1) {
        return String.join(
            operator,
            operands.stream().map(Junctions::flattened).map(o -> opened(o, operator)).toList());
      }
    }
    return flattened(content);
  }

  /** An operand without its parentheses when it is itself joined by the operator. */
  private static String opened(String operand, String operator) {
    boolean group =
        operand.startsWith("(") && CanonicalText.close(operand, 0) == operand.length() - 1;
    if (!group) {
      return operand;
    }
    String content = operand.substring(1, operand.length() - 1);
    return split(content, operator).size() > 1 ? content : operand;
  }

  /** The pieces between an operator, outside of brackets and quotes. */
  private static List<String> split(String text, String operator) {
    var pieces = new ArrayList<String>();
    int from = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' && text.startsWith(operator, at)) {
        pieces.add(text.substring(from, at));
        at += operator.length();
        from = at;
      } else if (c == '(' || c == '[') {
        at = Math.min(CanonicalText.close(text, at) + 1, text.length());
      } else {
        at = CanonicalText.skip(text, at);
      }
    }
    pieces.add(text.substring(from));
    return pieces;
  }
}
