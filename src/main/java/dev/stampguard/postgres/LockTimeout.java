package dev.stampguard.postgres;

import java.time.Duration;

/**
 * How long a statement may wait for a lock on the server.
 *
 * @param value longer than zero; the server counts whole milliseconds, so it is rounded up
 */
public record LockTimeout(Duration value) {
  public LockTimeout {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("a lock timeout must be longer than zero");
    }
  }

  /** In the unit of the server's setting. */
  public long milliseconds() {
    return value.plusNanos(999_999).toMillis();
  }
}
