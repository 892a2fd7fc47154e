package dev.stampguard.catalog;

import dev.stampguard.postgres.PostgresConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A watch that reads the whole catalog at every look: needs no rights, takes its time. */
public final class FullReads implements CatalogWatch {
  private final PostgresConnection connection;
  private Map<ObjectName, CatalogObject> seen;

  /** Begins with what is there now. */
  public FullReads(PostgresConnection connection) {
    this.connection = Objects.requireNonNull(connection);
    this.seen = read();
  }

  @Override
  public List<CatalogChange> changes() {
    Map<ObjectName, CatalogObject> now = read();
    List<CatalogChange> changes = Changes.between(seen, now);
    seen = now;
    return changes;
  }

  @Override
  public boolean isProven() {
    return true;
  }

  private Map<ObjectName, CatalogObject> read() {
    try (var transaction = connection.readOnly()) {
      return transaction
          .runLast(CatalogReader.query(connection, CatalogDepth.DEFINITIONS))
          .objects();
    }
  }
}
