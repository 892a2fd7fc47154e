package dev.stampguard.target;

import java.util.Optional;

/**
 * A source that names a database, not looked into yet.
 *
 * @param origin which of the places it is
 * @param source where exactly it stands, for example {@code .env:3 DATABASE_URL}
 * @param text the URL, unmasked; empty when PG* variables alone say it
 */
record Candidate(Origin origin, String source, Optional<TracedText> text) {
  /** The places that can name a database, strongest first. */
  enum Origin {
    OPTION,
    ENVIRONMENT,
    ENV_FILE,
    TOOL,
    LIBPQ
  }

  /**
   * What it says by itself.
   *
   * @throws dev.stampguard.StampguardException (usage) when it is malformed
   */
  ConnectionSettings settings() {
    return text.map(url -> DatabaseUrl.parse(url.text(), source))
        .orElseGet(ConnectionSettings::new);
  }

  LibpqDefaults.Completed complete(LibpqDefaults defaults) {
    return defaults.complete(settings(), source);
  }

  /** Only the source: the text may hold a password. */
  @Override
  public String toString() {
    return source;
  }
}
