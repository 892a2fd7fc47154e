package dev.stampguard.config;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as options and settings write them. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(?<amount>\\d{1,9})(?<unit>ms|s|m)?");

  private static final Pattern AGE = Pattern.compile("(?<amount>\\d{1,6})(?<unit>[hdw])");
  private static final long DAYS_OF_A_WEEK = 7;

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 2s}, {@code 1m}, or a plain number of seconds.
   *
   * @param text the duration
   * @param where what holds it, for messages, for example {@code --wait}
   * @throws StampguardException (usage) when it is none
   */
  public static Duration parse(String text, String where) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is not a duration: `%s`".formatted(where, text),
          "write it as `500ms`, `2s` or `1m`; a plain number is seconds");
    }
    return duration(matcher);
  }

  /**
   * The same for a limit, which cannot be zero.
   *
   * @throws StampguardException (usage) when it is none
   */
  public static Duration parsePositive(String text, String where) {
    Duration duration = parse(text, where);
    if (duration.isZero()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be zero".formatted(where),
          "write a limit such as `500ms` or `2s`");
    }
    return duration;
  }

  /**
   * Reads an age: {@code 12h}, {@code 30d} or {@code 8w}.
   *
   * @throws StampguardException (usage) when it is none
   */
  public static Duration parseAge(String text, String where) {
    Matcher matcher = AGE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is not an age: `%s`".formatted(where, text),
          "write it as `12h`, `30d` or `8w`");
    }
    long amount = Long.parseLong(matcher.group("amount"));
    return switch (matcher.group("unit")) {
      case "h" -> Duration.ofHours(amount);
      case "w" -> Duration.ofDays(DAYS_OF_A_WEEK * amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Duration duration(Matcher matcher) {
    long amount = Long.parseLong(matcher.group("amount"));
    return switch (matcher.group("unit")) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case null, default -> Duration.ofSeconds(amount);
    };
  }
}
