package dev.stampguard.catalog;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.ServerVersion;
import dev.stampguard.postgres.SqlResource;
import java.util.List;
import java.util.Optional;

/** Reads what is physically in a database, in one round trip, seldom two. */
public final class CatalogReader {
  /** Later majors may define what they deparse by columns that the scans do not know. */
  private static final int NEWEST_MAJOR = 18;

  private CatalogReader() {}

  /**
   * Reads the catalog.
   *
   * @throws dev.stampguard.StampguardException (refused, passing) when the schema is changing at
   *     this moment or, at {@link CatalogDepth#DEFINITIONS}, another session's lock is in the way
   */
  public static CatalogSnapshot read(ReadOnlyTransaction transaction, CatalogDepth depth) {
    return transaction
        .run(quick(transaction.connection(), depth))
        .orElseGet(() -> transaction.run(query(transaction.connection(), depth)));
  }

  /**
   * The quickest query that may do, to travel in one message with others. Its answer is empty when
   * something is there that only {@link #query} reads.
   */
  public static Query<Optional<CatalogSnapshot>> quick(
      PostgresConnection connection, CatalogDepth depth) {
    ServerVersion version = connection.version();
    String database = connection.target().database();
    return switch (depth) {
      case NAMES -> query(connection, depth).map(Optional::of);
      case DEFINITIONS ->
          version.major() > NEWEST_MAJOR
              ? query(connection, depth).map(Optional::of)
              : new Query<>(
                  SqlResource.read("catalog-scans", version.major()),
                  results -> CatalogScans.read(results, database, version));
    };
  }

  /**
   * Which rows there are, without reading them, to travel in one message with others. Its answer is
   * what {@code catalog-edition.sql} says.
   *
   * @return empty of a major that may have other tables
   */
  public static Optional<Query<Row>> edition(ServerVersion version) {
    return version.major() > NEWEST_MAJOR
        ? Optional.empty()
        : Optional.of(
            RowQuery.each(SqlResource.read("catalog-edition"), row -> row)
                .map(List::getFirst)
                .query());
  }

  /** All there is to read, as a query. */
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
