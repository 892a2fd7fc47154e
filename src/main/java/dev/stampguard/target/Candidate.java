package dev.stampguard.target;

import java.util.Optional;

/**
 * A source that names a database, not looked into yet.
 *
 * @param origin which of the places it is
 * @param source where exactly it stands, for example {@code .env:3 DATABASE_URL}
 * @param text the URL, unmasked; empty when PG* variables alone say it
 */
record Candidate(Origin origin, String source, Optional<String> text) {
  /** The places that can name a database, strongest first. */
  enum Origin {
    OPTION,
    ENVIRONMENT,
    ENV_FILE,
    TOOL,
    LIBPQ
  }

  LibpqDefaults.Completed complete(LibpqDefaults defaults) {
    ConnectionSettings settings =
        text.map(url -> DatabaseUrl.parse(url, source)).orElseGet(ConnectionSettings::new);
    return defaults.complete(settings, source);
  }

  /** Only the source: the text may hold a password. */
  @Override
  public String toString() {
    return source;
  }
}
