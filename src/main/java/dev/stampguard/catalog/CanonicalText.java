package dev.stampguard.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings deparsed SQL into the one form that survives a dump and a restore.
 *
 * <p>What PostgreSQL prints of an expression is, read back, not always the same expression, though
 * it means the same; printed again it is another text. Each rule here turns the first text into the
 * second, which is stable. {@code catalog/law} in the tests found them.
 */
public final class CanonicalText {
  private static final String CAST_ARRAY = "(ARRAY[";
  private static final Pattern ARRAY_CAST =
      Pattern.compile("\\)::((?:[\\w .]|\"(?:[^\"]|\"\")+\")+(?:\\([\\d,]+\\)[\\w .]*)?)\\[\\]");

  private static final String SUBSELECT_VALUES = "( VALUES ";
  private static final String NEGATED = "(- ";
  private static final Pattern NEGATED_NUMBER =
      Pattern.compile("((?:\\(- )+)(\\d+(\\.\\d*)?)(\\)+)");
  private static final String CAST_LITERAL = "('";
  private static final String INTERVAL = "'::interval";
  private static final String CAST_NULL = "(NULL::";

  /** Follows both in what {@link #LITERAL_CAST_TWICE} finds; a sequence's next value lacks it. */
  private static final String CAST_AGAIN = ")::";

  private static final Pattern LITERAL_CAST_TWICE =
      Pattern.compile("\\(((?:NULL|'(?:[^']|'')*')::([a-z ]+))\\)::\\2(?=\\(\\d)");

  private CanonicalText() {}

  /** The stable form of an expression or definition. */
  public static String of(String text) {
    return FunctionColumns.drop(Junctions.flatten(small(text)));
  }

  /**
   * The stable form of what {@code pg_get_functiondef} prints: its head with the defaults of the
   * arguments; the body is its author's text.
   */
  static String ofFunction(String text) {
    int head = text.indexOf("\n LANGUAGE ");
    return head < 0 ? text : small(text.substring(0, head)) + text.substring(head);
  }

  /**
   * Whether PostgreSQL wrote {@code ???} for something that went away while it looked, outside of
   * quotes.
   */
  static boolean namesSomethingGone(String text) {
    int at = text.contains("???") ? 0 : text.length();
    while (at < text.length()) {
      if (text.startsWith("???", at)) {
        return true;
      }
      at = skip(text, at);
    }
    return false;
  }

  /**
   * The position after the character or the quoted piece that starts here. A doubled quote reads as
   * two pieces, which comes to the same; deparsed text escapes no quote in any other way.
   */
  static int skip(String text, int at) {
    char c = text.charAt(at);
    if (c != '\'' && c != '"') {
      return at + 1;
    }
    int end = text.indexOf(c, at + 1);
    return end < 0 ? text.length() : end + 1;
  }

  /** The position of the bracket that closes the one that opens here, or the end. */
  static int close(String text, int open) {
    int depth = 0;
    int at = open;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
        if (depth == 0) {
          return at;
        }
      }
      at = skip(text, at);
    }
    return at;
  }

  /** Applies the rules that look at one place, until none applies: a cast may stand in a cast. */
  private static String small(String text) {
    String before = text;
    String after = once(before);
    while (!after.equals(before)) {
      before = after;
      after = once(before);
    }
    return after;
  }

  private static String once(String text) {
    if (!text.contains(CAST_ARRAY)
        && !text.contains(SUBSELECT_VALUES)
        && !text.contains(NEGATED)
        && !(text.contains(CAST_AGAIN) && (text.contains(CAST_LITERAL) || text.contains(CAST_NULL)))
        && !text.contains(INTERVAL)) {
      return text;
    }
    var out = new StringBuilder(text.length() + 64);
    int at = 0;
    while (at < text.length()) {
      int next =
          switch (text.charAt(at)) {
            case '(' -> rewritten(text, at, out);
            case '\'' -> interval(text, at, out);
            default -> at;
          };
      if (next == at) {
        next = skip(text, at);
        out.append(text, at, next);
      }
      at = next;
    }
    return out.toString();
  }

  /** Rewrites what starts here; returns its end, or the start when no rule applies. */
  private static int rewritten(String text, int at, StringBuilder out) {
    if (text.startsWith(CAST_ARRAY, at)) {
      return castArray(text, at, out);
    }
    if (text.startsWith(SUBSELECT_VALUES, at)) {
      // A view that is nothing but VALUES becomes a SELECT from them as soon as it names columns.
      out.append("(VALUES ");
      return at + SUBSELECT_VALUES.length();
    }
    if (text.startsWith(NEGATED, at)) {
      return negatedNumber(text, at, out);
    }
    return text.startsWith(CAST_LITERAL, at) || text.startsWith(CAST_NULL, at)
        ? literalCastTwice(text, at, out)
        : at;
  }

  /**
   * {@code CHECK (s IN ('a', 'b'))} on a varchar is printed as {@code (ARRAY['a'::character
   * varying, …])::text[]}; read back, the cast moves into the elements: {@code
   * ARRAY[('a'::character varying)::text, …]}.
   */
  private static int castArray(String text, int start, StringBuilder out) {
    var elements = new ArrayList<String>();
    int close = elements(text, start + CAST_ARRAY.length(), elements);
    Matcher cast = ARRAY_CAST.matcher(text).region(close + 1, text.length());
    if (!cast.lookingAt()) {
      return start;
    }
    String type = cast.group(1);
    out.append("ARRAY[");
    String separator = "";
    for (String element : elements) {
      out.append(separator).append('(').append(element).append(")::").append(type);
      separator = ", ";
    }
    out.append(']');
    return cast.end();
  }

  /** Collects what stands between brackets; returns the position of the closing one. */
  private static int elements(String text, int start, List<String> elements) {
    int from = start;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ',' || c == ']') {
        elements.add(text.substring(from, at).strip());
        from = at + 1;
        if (c == ']') {
          return at;
        }
      } else if (c == '(' || c == '[') {
        at = close(text, at);
      }
      at = at < text.length() ? skip(text, at) : at;
    }
    return at - 1;
  }

  /** {@code -1::integer} is printed as {@code (- 1)}, which is read as the number −1, and so on. */
  private static int negatedNumber(String text, int at, StringBuilder out) {
    Matcher number = NEGATED_NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      return at;
    }
    int signs = number.group(1).length() / NEGATED.length();
    if (number.group(4).length() < signs) {
      return at;
    }
    if (signs % 2 == 0) {
      out.append(number.group(2));
    } else {
      out.append("'-").append(number.group(2)).append("'::");
      out.append(number.group(3) == null ? "integer" : "numeric");
    }
    return number.start(4) + signs;
  }

  /** {@code ('a'::character varying)::character varying(3)}: the first cast goes. */
  private static int literalCastTwice(String text, int at, StringBuilder out) {
    Matcher casts = LITERAL_CAST_TWICE.matcher(text).region(at, text.length());
    if (!casts.useTransparentBounds(true).lookingAt()) {
      return at;
    }
    out.append(casts.group(1));
    return casts.end();
  }

  /** {@code ('1 day 02:03'::interval)::interval day}, printed without the first cast. */
  private static int interval(String text, int at, StringBuilder out) {
    Optional<IntervalLiteral.Restricted> restricted = IntervalLiteral.restrict(text, at);
    restricted.ifPresent(literal -> out.append(literal.text()));
    return restricted.map(IntervalLiteral.Restricted::end).orElse(at);
  }
}
