package dev.stampguard.service.recreate;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether every value of one type is the same value in another, when it is written as text and read
 * again. Much else can be read as well, and silently loses a fraction, a time zone or a time.
 */
final class Widening {
  private static final Map<String, Set<String>> WIDER =
      Map.of(
          "smallint", Set.of("integer", "bigint", "numeric"),
          "integer", Set.of("bigint", "numeric"),
          "bigint", Set.of("numeric"));

  private static final Pattern VARYING = Pattern.compile("character varying\\((\\d+)\\)");
  private static final String ANY_LENGTH = "character varying";
  private static final String TEXT = "text";

  private Widening() {}

  /**
   * Compares.
   *
   * @param from as PostgreSQL writes the type, with length or precision
   * @param to in the same form
   */
  static boolean isLossless(String from, String to) {
    if (from.equals(to) || WIDER.getOrDefault(from, Set.of()).contains(to)) {
      return true;
    }
    Matcher narrow = VARYING.matcher(from);
    boolean isText = from.equals(TEXT) || from.equals(ANY_LENGTH) || narrow.matches();
    if (isText && (to.equals(TEXT) || to.equals(ANY_LENGTH))) {
      return true;
    }
    Matcher wide = VARYING.matcher(to);
    return narrow.matches()
        && wide.matches()
        && Integer.parseInt(narrow.group(1)) <= Integer.parseInt(wide.group(1));
  }
}
