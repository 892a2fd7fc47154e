package dev.stampguard.target;

import java.util.Objects;

/**
 * A source that names a database too, but comes after the one that won.
 *
 * @param source where it stands, for example {@code .env:3 DATABASE_URL}
 * @param database the database it names
 * @param host where that database's server is: the first, when there are several
 * @param port the port there
 * @param user the role it would connect as
 */
public record LosingSource(String source, String database, String host, int port, String user) {
  public LosingSource {
    Objects.requireNonNull(source);
    Objects.requireNonNull(database);
    Objects.requireNonNull(host);
    Objects.requireNonNull(user);
  }

  static LosingSource of(Target target) {
    var first = target.endpoints().getFirst();
    return new LosingSource(
        target.source(), target.database(), first.host(), first.port(), target.user());
  }
}
