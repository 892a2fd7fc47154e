package dev.stampguard.tool.python;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Python expression, as far as migration scripts are read. */
public sealed interface Expression {
  /** Where it stands. */
  Span span();

  /** The 1-based line it starts on. */
  default int line() {
    return span().line();
  }

  record Name(Span span, String id) implements Expression {}

  /** {@code target.name}. */
  record Attribute(Span span, Expression target, String name) implements Expression {}

  /**
   * A call.
   *
   * @param arguments the positional ones; {@link Unpacked} for {@code *x} and {@code **x}
   * @param keywords the named ones, in order
   */
  record Call(
      Span span, Expression function, List<Expression> arguments, Map<String, Expression> keywords)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
      keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }
  }

  /** A string whose whole text is known, implicit concatenation done. */
  record Text(Span span, String value) implements Expression {}

  /**
   * An f-string.
   *
   * @param template its text with the replacement fields as written and single braces doubled
   */
  record FormatText(Span span, String template) implements Expression {}

  record Numeral(Span span, String text) implements Expression {}

  record Bool(Span span, boolean value) implements Expression {}

  record None(Span span) implements Expression {}

  /** A tuple, list or set display. */
  record Items(Span span, List<Expression> items) implements Expression {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** {@code left + right}. */
  record Sum(Span span, Expression left, Expression right) implements Expression {}

  /** {@code *x} or {@code **x} in a call or a display. */
  record Unpacked(Span span, Expression value) implements Expression {}

  /** Anything else: operators, subscripts, comprehensions, dictionaries, lambdas. */
  record Opaque(Span span) implements Expression {}
}
