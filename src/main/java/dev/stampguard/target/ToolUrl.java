package dev.stampguard.target;

import java.util.Objects;

/**
 * A database URL from the migration tool's own configuration.
 *
 * @param text the value, unmasked: never print it
 * @param source where it stands, for example {@code alembic.ini:63 sqlalchemy.url}
 */
public record ToolUrl(String text, String source) {
  public ToolUrl {
    Objects.requireNonNull(text);
    Objects.requireNonNull(source);
  }

  /** Only the source: the value may hold a password. */
  @Override
  public String toString() {
    return source;
  }
}
