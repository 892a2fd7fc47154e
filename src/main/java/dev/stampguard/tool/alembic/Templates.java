package dev.stampguard.tool.alembic;

import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.Span;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills f-strings whose every replacement field is a variable with a known text. */
final class Templates {
  private static final Pattern BRACE =
      Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z0-9_]*)\\}|[{}]");

  private Templates() {}

  static Optional<String> fill(String template, Scope scope) {
    var text = new StringBuilder();
    Matcher brace = BRACE.matcher(template);
    while (brace.find()) {
      String found = brace.group();
      Optional<String> value;
      if (brace.group(1) != null) {
        value = scope.text(new Expression.Name(new Span(0, 0, 0), brace.group(1)));
      } else {
        value = found.length() == 2 ? Optional.of(found.substring(1)) : Optional.empty();
      }
      if (value.isEmpty()) {
        return Optional.empty();
      }
      brace.appendReplacement(text, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(brace.appendTail(text).toString());
  }
}
