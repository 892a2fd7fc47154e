package dev.stampguard.target;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A database URL from the migration tool's own configuration.
 *
 * @param traced the value, unmasked: never print it
 * @param source where it stands, for example {@code alembic.ini:63 sqlalchemy.url}
 * @param place the file it is from; empty when it cannot be edited there
 */
public record ToolUrl(TracedText traced, String source, Optional<Place> place) {
  public ToolUrl {
    Objects.requireNonNull(traced);
    Objects.requireNonNull(source);
    Objects.requireNonNull(place);
  }

  /**
   * A file that holds the URL.
   *
   * @param file where it is
   * @param name how messages call it
   * @param reader finds the URL in a text of the file; empty when there is none
   */
  public record Place(Path file, String name, Function<String, Optional<ToolUrl>> reader) {
    public Place {
      Objects.requireNonNull(file);
      Objects.requireNonNull(name);
      Objects.requireNonNull(reader);
    }
  }

  /** The URL itself: never print it. */
  public String text() {
    return traced.text();
  }

  /** Only the source: the value may hold a password. */
  @Override
  public String toString() {
    return source;
  }
}
