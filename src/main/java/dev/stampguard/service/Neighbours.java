package dev.stampguard.service;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Databases;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.target.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The names of the other databases of a server. */
public final class Neighbours {
  private final PostgresConnector connector;

  public Neighbours(PostgresConnector connector) {
    this.connector = Objects.requireNonNull(connector);
  }

  /**
   * Those that fit, whose names begin most like the target's first; empty when the server cannot be
   * asked: who asks has something else to say, of which this is only a part.
   */
  public List<String> of(Target target, Predicate<String> fits) {
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      return Databases.list(transaction).stream()
          .filter(fits)
          .sorted(byLikeness(target.database()))
          .toList();
    } catch (StampguardException e) {
      return List.of();
    }
  }

  /** On a crowded server those come first whose names begin like this one. */
  static Comparator<String> byLikeness(String database) {
    return Comparator.comparingInt((String name) -> -commonPrefix(name, database))
        .thenComparing(Comparator.naturalOrder());
  }

  private static int commonPrefix(String left, String right) {
    int length = 0;
    while (length < Math.min(left.length(), right.length())
        && left.charAt(length) == right.charAt(length)) {
      length++;
    }
    return length;
  }
}
