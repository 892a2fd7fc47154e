package dev.stampguard.postgres.database;

import java.util.Objects;
import java.util.Optional;

/**
 * How a database sorts and classifies text.
 *
 * @param collate the C library's name
 * @param ctype the C library's name
 * @param provider {@code c} (C library), {@code i} (ICU) or {@code b} (PostgreSQL's own)
 * @param name the provider's own name of the locale; empty for the C library
 * @param rules rules added to ICU's; empty for most databases
 */
public record DatabaseLocale(
    String collate, String ctype, String provider, Optional<String> name, Optional<String> rules) {
  /** The one every server has. */
  public static final DatabaseLocale C =
      new DatabaseLocale("C", "C", "c", Optional.empty(), Optional.empty());

  public DatabaseLocale {
    Objects.requireNonNull(collate);
    Objects.requireNonNull(ctype);
    Objects.requireNonNull(provider);
    Objects.requireNonNull(name);
    Objects.requireNonNull(rules);
  }
}
