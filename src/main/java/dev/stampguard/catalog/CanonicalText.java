package dev.stampguard.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings deparsed SQL into the one form that survives a dump and a restore.
 *
 * <p>PostgreSQL prints {@code CHECK (s IN ('a', 'b'))} on a varchar as {@code (ARRAY['a'::character
 * varying, …])::text[]}; read back, the cast moves into the elements: {@code ARRAY[('a'::character
 * varying)::text, …]}. Both mean the same, the second is stable, so the first becomes the second.
 */
final class CanonicalText {
  private static final String CAST_ARRAY = "(ARRAY[";
  private static final Pattern ARRAY_CAST =
      Pattern.compile("\\)::((?:[\\w .]|\"(?:[^\"]|\"\")+\")+(?:\\([\\d,]+\\)[\\w .]*)?)\\[\\]");

  private CanonicalText() {}

  /** The stable form of an expression or definition. */
  static String of(String text) {
    return text.contains(CAST_ARRAY) ? rewrite(text) : text;
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

  private static String rewrite(String text) {
    var out = new StringBuilder(text.length() + 64);
    int at = 0;
    while (at < text.length()) {
      int next = text.startsWith(CAST_ARRAY, at) ? castArray(text, at, out) : at;
      if (next == at) {
        next = skip(text, at);
        out.append(text, at, next);
      }
      at = next;
    }
    return out.toString();
  }

  /** Rewrites the cast array that starts here; returns its end, or the start when it is none. */
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
      out.append(separator).append('(').append(of(element)).append(")::").append(type);
      separator = ", ";
    }
    out.append(']');
    return cast.end();
  }

  /** Collects what stands between brackets; returns the position of the closing one. */
  private static int elements(String text, int start, List<String> elements) {
    int depth = 0;
    int from = start;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && (c == ',' || c == ']')) {
        elements.add(text.substring(from, at).strip());
        from = at + 1;
        if (c == ']') {
          return at;
        }
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      }
      at = skip(text, at);
    }
    return at - 1;
  }

  /**
   * The position after the character or the quoted piece that starts here. A doubled quote reads as
   * two pieces, which comes to the same; deparsed text escapes no quote in any other way.
   */
  private static int skip(String text, int at) {
    char c = text.charAt(at);
    if (c != '\'' && c != '"') {
      return at + 1;
    }
    int end = text.indexOf(c, at + 1);
    return end < 0 ? text.length() : end + 1;
  }
}
