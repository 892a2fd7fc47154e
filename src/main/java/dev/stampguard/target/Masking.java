package dev.stampguard.target;

import java.util.regex.Pattern;

/**
 * Takes passwords out of text that repeats what a user typed. A second line of defence: messages of
 * our own name sources, not values, but a URL may have been typed where a name was meant.
 */
public final class Masking {
  /** A URL taken for a path has lost one of its slashes. */
  private static final Pattern URL_PASSWORD =
      Pattern.compile("([A-Za-z][\\w+.-]*:/{1,2}[^\\s`:@/]*):[^\\s`]*@");

  /** {@code user:password@host} without a scheme. */
  private static final Pattern BARE_PASSWORD = Pattern.compile("(?<![\\w/])([\\w.+-]+):[^\\s`/]+@");

  private static final Pattern NAMED_PASSWORD =
      Pattern.compile("(?i)((?:ssl)?password=)('[^']*'|[^&\\s`]*)");

  private static final Pattern URL_CREDENTIALS =
      Pattern.compile("^((?:\\w+:)?[\\w+.-]+://[^:@/?#]*):[^@]*@");

  private static final Pattern QUERY_PASSWORD =
      Pattern.compile("(?i)(?<=[?&])(?:ssl)?password=[^&]*&?");

  private static final Pattern WORD_PASSWORD =
      Pattern.compile(
          "(?i)(?<!\\S)(?:ssl)?password\\s*=\\s*('(?:\\\\.|[^'\\\\])*'|(?:\\\\.|[^\\s\\\\])*)\\s*");

  private Masking() {}

  /**
   * A URL or {@code keyword=value} words without the passwords that stand where one is expected.
   * What is left may name something else where they stood elsewhere: read it before it is used.
   */
  public static String withoutPassword(String text) {
    if (!text.contains("://")) {
      return WORD_PASSWORD.matcher(text).replaceAll("").strip();
    }
    String left = URL_CREDENTIALS.matcher(text).replaceFirst("$1@");
    return QUERY_PASSWORD.matcher(left).replaceAll("").replaceFirst("[?&]$", "");
  }

  /** The text with every password it may hold replaced by {@code ***}. */
  public static String mask(String text) {
    String masked = URL_PASSWORD.matcher(text).replaceAll("$1:***@");
    masked = BARE_PASSWORD.matcher(masked).replaceAll("$1:***@");
    return NAMED_PASSWORD.matcher(masked).replaceAll("$1***");
  }
}
