package dev.stampguard.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drops the names of columns behind a user's function in a FROM clause: {@code s.f(1) f(a, b)}
 * becomes {@code s.f(1) f}. When the function returns the rows of a table that got a column since,
 * a restored view names that one too. What the view makes of the columns says the names again.
 */
final class FunctionColumns {
  private static final String NAME = "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"(?:[^\"]|\"\")+\")";
  private static final Pattern ALIAS =
      Pattern.compile("((?: WITH ORDINALITY)? %1$s)\\(%1$s(?:, %1$s)*\\)".formatted(NAME));

  private FunctionColumns() {}

  static String drop(String text) {
    return text.contains(") ") && text.contains("FROM ") ? dropped(text) : text;
  }

  private static String dropped(String text) {
    var out = new StringBuilder(text.length());
    Deque<Boolean> calls = new ArrayDeque<>();
    int at = 0;
    while (at < text.length()) {
      int next = CanonicalText.skip(text, at);
      out.append(text, at, next);
      char c = text.charAt(at);
      if (c == '(') {
        calls.push(isAfterQualifiedName(text, at));
      } else if (c == ')' && !calls.isEmpty() && calls.pop()) {
        Matcher alias = ALIAS.matcher(text).region(next, text.length());
        if (alias.lookingAt()) {
          out.append(alias.group(1));
          next = alias.end();
        }
      }
      at = next;
    }
    return out.toString();
  }

  /** PostgreSQL's own functions have no schema here, and their columns do not change. */
  private static boolean isAfterQualifiedName(String text, int open) {
    int at = open;
    boolean qualified = false;
    while (at > 0) {
      char c = text.charAt(at - 1);
      if (c == '"') {
        at = Math.max(text.lastIndexOf('"', at - 2), 0);
      } else if (c == '.' || c == '$' || Character.isJavaIdentifierPart(c)) {
        qualified |= c == '.';
        at--;
      } else {
        break;
      }
    }
    return qualified;
  }
}
