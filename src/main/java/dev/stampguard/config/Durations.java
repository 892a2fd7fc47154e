package dev.stampguard.config;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as options and settings write them. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(?<amount>\\d{1,9})(?<unit>ms|s|m)?");

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

  private static Duration duration(Matcher matcher) {
    long amount = Long.parseLong(matcher.group("amount"));
    return switch (matcher.group("unit")) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case null, default -> Duration.ofSeconds(amount);
    };
  }
}
