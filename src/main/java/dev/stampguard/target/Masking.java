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

  private Masking() {}

  /** The text with every password it may hold replaced by {@code ***}. */
  public static String mask(String text) {
    String masked = URL_PASSWORD.matcher(text).replaceAll("$1:***@");
    masked = BARE_PASSWORD.matcher(masked).replaceAll("$1:***@");
    return NAMED_PASSWORD.matcher(masked).replaceAll("$1***");
  }
}
