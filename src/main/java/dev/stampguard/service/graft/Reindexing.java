package dev.stampguard.service.graft;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.graft.GraftStatement;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Builds invalid indexes again, as they are defined: {@code REINDEX INDEX} makes one valid, and
 * unlike a concurrent one it can be taken back with the transaction.
 */
public final class Reindexing {
  private final PostgresConnector connector;
  private final Target target;

  public Reindexing(PostgresConnector connector, Target target) {
    this.connector = Objects.requireNonNull(connector);
    this.target = Objects.requireNonNull(target);
  }

  /**
   * The statements.
   *
   * @param indexes with the table of each
   * @throws dev.stampguard.StampguardException (no access) when a table cannot be read
   */
  public List<GraftStatement> of(Map<ObjectName, QualifiedName> indexes) {
    if (indexes.isEmpty()) {
      return List.of();
    }
    Set<QualifiedName> filled;
    try (var side = new Side(connector.open(target))) {
      filled = side.filled(Set.copyOf(indexes.values()));
    }
    return indexes.entrySet().stream()
        .map(index -> statement(index.getKey(), filled.contains(index.getValue())))
        .toList();
  }

  private static GraftStatement statement(ObjectName index, boolean isFilled) {
    return new GraftStatement(
        index,
        "REINDEX INDEX " + index.qualified(),
        Optional.empty(),
        // Whoever plans a query looks at every index of its tables, and waits for this one.
        isFilled ? Set.of(Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK) : Set.of(),
        Optional.of("it fails as the build before did while rows are there that it does not allow"),
        Optional.empty(),
        false);
  }
}
