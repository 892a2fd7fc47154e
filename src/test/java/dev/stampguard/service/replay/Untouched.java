package dev.stampguard.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.testing.PostgresServer;

/** One database at one moment, to tell later whether anything was written to it. */
final class Untouched {
  /**
   * Transaction ids are handed out to writers only, and every row of a catalog or a table bears
   * one: their number and the newest of each say whether anything was written. The server's own
   * statistics would say more, and say it too late.
   */
  private static final String WRITES =
      """
      SELECT string_agg(format('%s %s', c.oid::regclass, (xpath('//n/text()', query_to_xml(format(
               'SELECT count(*) || ''/'' || coalesce(max(t.xmin::text::bigint), 0) AS n FROM %s t',
               c.oid::regclass), false, true, '')))[1]), E'\\n' ORDER BY c.oid)
      FROM pg_class c
      WHERE c.relkind = 'r' AND NOT c.relisshared
        AND c.oid NOT IN ('pg_statistic'::regclass, 'pg_statistic_ext_data'::regclass)
      """;

  private final PostgresServer server;
  private final String database;
  private final CatalogSnapshot catalog;
  private final String writes;

  private Untouched(PostgresServer server, String database) {
    this.server = server;
    this.database = database;
    this.catalog = catalog();
    this.writes = Replays.value(server, database, WRITES);
  }

  static Untouched of(PostgresServer server, String database) {
    return new Untouched(server, database);
  }

  void verify() {
    assertThat(catalog()).isEqualTo(catalog);
    assertThat(Replays.value(server, database, WRITES)).isEqualTo(writes);
  }

  private CatalogSnapshot catalog() {
    try (PostgresConnection connection = Replays.CONNECTOR.open(server.target(database));
        var transaction = connection.readOnly()) {
      return transaction.run(CatalogReader.query(connection, CatalogDepth.DEFINITIONS));
    }
  }
}
