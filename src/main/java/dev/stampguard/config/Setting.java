package dev.stampguard.config;

import java.util.Objects;

/**
 * One value and where it was set.
 *
 * @param value the value as it was written, without white space around it; may be a URL with a
 *     password, so never print it
 * @param where for messages, for example {@code stampguard.properties:3 fail-on}
 */
public record Setting(String value, String where) {
  public Setting {
    Objects.requireNonNull(value);
    Objects.requireNonNull(where);
  }

  /** Only the place: the value may be a secret. */
  @Override
  public String toString() {
    return where;
  }
}
