package dev.stampguard.tool.sqlfiles;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The moment that many tools take for a version. */
final class VersionDate {
  private static final int DAY = 8;
  private static final int MINUTE = 12;
  private static final int MILLISECONDS = 13;

  private VersionDate() {}

  /** The date and time at the beginning of an id, in UTC; empty when it begins with none. */
  static Optional<String> of(String id) {
    int digits = 0;
    while (digits < id.length() && Character.isDigit(id.charAt(digits))) {
      digits++;
    }
    String number = id.substring(0, digits);
    if (digits == MILLISECONDS && number.startsWith("1")) {
      return Optional.of(
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
              .withZone(ZoneOffset.UTC)
              .format(Instant.ofEpochMilli(Long.parseLong(number))));
    }
    if (digits < DAY || !isDay(number)) {
      return Optional.empty();
    }
    String day =
        "%s-%s-%s"
            .formatted(number.substring(0, 4), number.substring(4, 6), number.substring(6, DAY));
    return Optional.of(
        digits < MINUTE
            ? day
            : "%s %s:%s".formatted(day, number.substring(DAY, 10), number.substring(10, MINUTE)));
  }

  private static boolean isDay(String number) {
    int month = Integer.parseInt(number.substring(4, 6));
    int day = Integer.parseInt(number.substring(6, DAY));
    return (number.startsWith("19") || number.startsWith("20"))
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= 31;
  }
}
