package dev.stampguard.postgres;

import java.time.Duration;

/**
 * How long to wait for one server to accept a connection and answer during login.
 *
 * @param value longer than zero; the driver counts whole seconds, so it is rounded up
 */
public record ConnectTimeout(Duration value) {
  public ConnectTimeout {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("a connect timeout must be longer than zero");
    }
  }

  int seconds() {
    return Math.toIntExact(value.plusNanos(999_999_999).toSeconds());
  }
}
