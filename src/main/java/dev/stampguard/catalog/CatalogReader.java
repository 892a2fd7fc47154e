package dev.stampguard.catalog;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.ServerVersion;
import dev.stampguard.postgres.SqlResource;

/** Reads what is physically in a database, in one round trip. */
public final class CatalogReader {
  private CatalogReader() {}

  /**
   * Reads the catalog.
   *
   * @throws dev.stampguard.StampguardException (refused, passing) when the schema is changing at
   *     this moment or, at {@link CatalogDepth#DEFINITIONS}, another session's lock is in the way
   */
  public static CatalogSnapshot read(ReadOnlyTransaction transaction, CatalogDepth depth) {
    return transaction.run(query(transaction.connection(), depth));
  }

  /** The same as a query, to travel in one message with others. */
  public static Query<CatalogSnapshot> query(PostgresConnection connection, CatalogDepth depth) {
    return switch (depth) {
      case NAMES ->
          new Query<>(
              SqlResource.read("catalog-names"),
              results -> CatalogNames.read(results, connection.serverVersion()));
      case DEFINITIONS -> definitions(connection.target().database(), connection.version()).query();
    };
  }

  /**
   * Reads at {@link CatalogDepth#DEFINITIONS}, over whatever connection has the settings of {@link
   * ReadOnlyTransaction}.
   *
   * @param database what is read, for messages
   * @param version of its server
   */
  public static RowQuery<CatalogSnapshot> definitions(String database, ServerVersion version) {
    return new RowQuery<>(
        SqlResource.read("catalog-definitions"), () -> new CatalogDefinitions(database, version));
  }
}
