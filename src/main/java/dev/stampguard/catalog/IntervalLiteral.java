package dev.stampguard.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interval constant in PostgreSQL's own style.
 *
 * <p>{@code ('1 day 02:03'::interval)::interval day} is printed without the first cast. Read back,
 * the constant itself takes the fields, and is printed as {@code '1 day'::interval}: the dump has
 * changed the text and not the value. This does the same to the text.
 */
final class IntervalLiteral {
  private static final Pattern RESTRICTED =
      Pattern.compile(
          "'([^']*)'::interval"
              + "(?: (year(?: to month)?|month|day(?: to (?:hour|minute|second))?"
              + "|hour(?: to (?:minute|second))?|minute(?: to second)?|second))?"
              + "(?:\\((\\d)\\))?(?![\\w(\\[])");
  private static final Pattern VALUE =
      Pattern.compile(
          "(?:([-+]?\\d+) years? ?)?(?:([-+]?\\d+) mons? ?)?(?:([-+]?\\d+) days? ?)?"
              + "(?:([-+]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)?");

  private static final int MONTHS = 12;
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final int DIGITS = 6;

  private long months;
  private long days;
  private long microseconds;

  private IntervalLiteral() {}

  /** What comes of a restricted literal. */
  record Restricted(String text, int end) {}

  /**
   * Applies the fields and the precision that a constant is cast to.
   *
   * @param at where the constant's quote is
   * @return empty when there is no such constant, or it is in another style
   */
  static Optional<Restricted> restrict(String text, int at) {
    Matcher cast = RESTRICTED.matcher(text).region(at, text.length());
    cast.useTransparentBounds(true);
    if (!cast.lookingAt() || (cast.group(2) == null && cast.group(3) == null)) {
      return Optional.empty();
    }
    return parse(cast.group(1))
        .map(
            value -> {
              Optional.ofNullable(cast.group(2)).ifPresent(value::keep);
              Optional.ofNullable(cast.group(3)).map(Integer::parseInt).ifPresent(value::round);
              return new Restricted("'" + value.print() + "'::interval", cast.end());
            });
  }

  private static Optional<IntervalLiteral> parse(String text) {
    Matcher fields = VALUE.matcher(text);
    if (text.isEmpty() || !fields.matches()) {
      return Optional.empty();
    }
    var value = new IntervalLiteral();
    value.months = number(fields.group(1)) * MONTHS + number(fields.group(2));
    value.days = number(fields.group(3));
    if (fields.group(5) != null) {
      long time =
          number(fields.group(5)) * HOUR
              + number(fields.group(6)) * MINUTE
              + number(fields.group(7)) * SECOND
              + fraction(fields.group(8));
      value.microseconds = fields.group(4).equals("-") ? -time : time;
    }
    return Optional.of(value);
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static long fraction(String digits) {
    return digits == null ? 0 : Long.parseLong(digits + "0".repeat(DIGITS - digits.length()));
  }

  /** Drops what is smaller than the last field; what is greater than the first one stays. */
  private void keep(String fields) {
    switch (fields.substring(fields.lastIndexOf(' ') + 1)) {
      case "year" -> {
        months = months / MONTHS * MONTHS;
        days = 0;
        microseconds = 0;
      }
      case "month" -> {
        days = 0;
        microseconds = 0;
      }
      case "day" -> microseconds = 0;
      case "hour" -> microseconds = microseconds / HOUR * HOUR;
      case "minute" -> microseconds = microseconds / MINUTE * MINUTE;
      default -> {
        // Seconds: nothing is smaller.
      }
    }
  }

  private void round(int precision) {
    long unit = 1;
    for (int digit = precision; digit < DIGITS; digit++) {
      unit *= 10;
    }
    long size = (Math.abs(microseconds) + unit / 2) / unit * unit;
    microseconds = microseconds < 0 ? -size : size;
  }

  private String print() {
    var out = new StringBuilder();
    boolean isAfterNegative = append(out, months / MONTHS, "year", false);
    isAfterNegative = append(out, months % MONTHS, "mon", isAfterNegative);
    isAfterNegative = append(out, days, "day", isAfterNegative);
    if (out.isEmpty() || microseconds != 0) {
      long time = Math.abs(microseconds);
      out.append(out.isEmpty() ? "" : " ");
      out.append(microseconds < 0 ? "-" : isAfterNegative ? "+" : "");
      out.append(
          String.format(
              Locale.ROOT,
              "%02d:%02d:%02d",
              time / HOUR,
              time % HOUR / MINUTE,
              time % MINUTE / SECOND));
      if (time % SECOND != 0) {
        out.append('.')
            .append(String.format(Locale.ROOT, "%06d", time % SECOND).replaceFirst("0+$", ""));
      }
    }
    return out.toString();
  }

  /** Whether the last field that was printed is negative: PostgreSQL then signs the next one. */
  private static boolean append(
      StringBuilder out, long value, String unit, boolean isAfterNegative) {
    if (value == 0) {
      return isAfterNegative;
    }
    out.append(out.isEmpty() ? "" : " ");
    out.append(isAfterNegative && value > 0 ? "+" : "").append(value).append(' ').append(unit);
    out.append(value == 1 ? "" : "s");
    return value < 0;
  }
}
