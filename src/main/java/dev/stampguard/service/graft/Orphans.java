package dev.stampguard.service.graft;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.ForeignKey;
import dev.stampguard.catalog.ReferentialIntegrity;
import dev.stampguard.catalog.ReferentialIntegrity.Result;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.repair.graft.Graft;
import dev.stampguard.repair.graft.Graft.Obstacle;
import dev.stampguard.repair.graft.GraftStatement;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Optional;

/**
 * Counts the rows that break foreign keys of a graft, before it is tried: a copy of the schema has
 * none of them, and PostgreSQL names only the first.
 */
final class Orphans {
  private final PostgresConnector connector;
  private final Target target;

  Orphans(PostgresConnector connector, Target target) {
    this.connector = connector;
    this.target = target;
  }

  /** The same graft, or what stands in its way. */
  Graft in(Graft graft) {
    List<ForeignKey> keys =
        graft.statements().stream()
            .map(GraftStatement::validates)
            .flatMap(Optional::stream)
            .toList();
    if (keys.isEmpty()) {
      return graft;
    }
    try (PostgresConnection connection = connector.open(target)) {
      List<Obstacle> obstacles =
          keys.stream().flatMap(key -> obstacle(connection, key).stream()).toList();
      return obstacles.isEmpty() ? graft : new Graft(List.of(), obstacles);
    }
  }

  private static Optional<Obstacle> obstacle(PostgresConnection connection, ForeignKey key) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      return transaction.run(ReferentialIntegrity.check(List.of(key))).stream()
          .filter(result -> result.orphans() > 0)
          .findFirst()
          .map(result -> new Obstacle(key.name(), told(result)));
    } catch (StampguardException e) {
      // A table or column of it comes with the graft, or there are too many rows to look at now.
      return Optional.empty();
    }
  }

  private static String told(Result result) {
    return "%s at nothing (%s)"
        .formatted(
            result.orphans() == 1 ? "1 row points" : result.orphans() + " rows point",
            String.join("; ", result.samples()));
  }
}
