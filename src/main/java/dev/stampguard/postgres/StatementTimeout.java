package dev.stampguard.postgres;

import java.time.Duration;

/**
 * How long one statement may run on the server.
 *
 * @param value longer than zero; the server counts whole milliseconds, so it is rounded up
 */
public record StatementTimeout(Duration value) {
  public StatementTimeout {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("a statement timeout must be longer than zero");
    }
  }

  long milliseconds() {
    return value.plusNanos(999_999).toMillis();
  }
}
