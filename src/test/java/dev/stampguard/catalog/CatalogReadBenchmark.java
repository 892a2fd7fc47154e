package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.testing.PostgresServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a fresh session takes to tell whether everything is as it should be: by one statement
 * whose rows are read here, by the same statement hashed on the server to one number, and by plain
 * scans. Prints figures; not part of the suite: {@code mvn test -Dtest=CatalogReadBenchmark}. A
 * table has five columns, two constraints and an index.
 */
class CatalogReadBenchmark {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final int TABLES_PER_TRANSACTION = 100;

  @ParameterizedTest
  @ValueSource(ints = {20, 200, 2_000, 10_000})
  void measure(int tables) {
    String database = build(tables);
    Map<String, Function<PostgresConnection, Query<?>>> ways = new LinkedHashMap<>();
    ways.put("statement", c -> CatalogReader.query(c, CatalogDepth.DEFINITIONS));
    ways.put("fingerprint", c -> fingerprint());
    ways.put("scans", c -> CatalogReader.quick(c, CatalogDepth.DEFINITIONS));
    ways.put("names", c -> CatalogReader.query(c, CatalogDepth.NAMES));
    var nanos = new LinkedHashMap<String, List<Long>>();
    ways.keySet().forEach(way -> nanos.put(way, new ArrayList<>()));
    int warmUp = tables < 1_000 ? 20 : 2;
    int runs = tables < 1_000 ? 31 : tables < 10_000 ? 9 : 5;
    for (int run = -warmUp; run < runs; run++) {
      for (var way : ways.entrySet()) {
        long took = time(database, way.getValue());
        if (run >= 0) {
          nanos.get(way.getKey()).add(took);
        }
      }
    }
    double statement = median(nanos.get("statement"));
    var line = new StringBuilder("%6d tables:".formatted(tables));
    nanos.forEach(
        (way, took) ->
            line.append(
                " %s %.1f ms (%.2f)".formatted(way, median(took) / 1e6, median(took) / statement)));
    System.out.println(line);
    SERVER.execute("postgres", "DROP DATABASE " + database);
  }

  private static long time(String database, Function<PostgresConnection, Query<?>> way) {
    try (PostgresConnection fresh = Connectors.open(database);
        var transaction = fresh.readOnly()) {
      Query<?> query = way.apply(fresh);
      long start = System.nanoTime();
      assertThat((Object) transaction.runLast(query)).isNotNull();
      return System.nanoTime() - start;
    }
  }

  /** A sum does not depend on order; half of an MD5 is the longest that PostgreSQL adds up fast. */
  private static Query<String> fingerprint() {
    return Query.of(
        """
        SELECT sum(('x' || left(md5(concat_ws(chr(9), kind, schema, relation, name, arguments,
                                              definition, body)), 16))::bit(64)::bigint)
        FROM (%s) everything
        """
            .formatted(SqlResource.read("catalog-definitions")),
        rows -> {
          rows.next();
          return rows.getString(1);
        });
  }

  private static String build(int tables) {
    String database = SERVER.createDatabase();
    for (int first = 0; first < tables; first += TABLES_PER_TRANSACTION) {
      var sql = new StringBuilder();
      for (int i = first; i < Math.min(first + TABLES_PER_TRANSACTION, tables); i++) {
        sql.append(
            """
            CREATE TABLE some_table_%1$d (
              id serial PRIMARY KEY, email varchar(255) NOT NULL,
              owner_id integer REFERENCES some_table_0 (id) ON DELETE CASCADE,
              state text DEFAULT 'new' NOT NULL, created_at timestamptz DEFAULT now() NOT NULL);
            CREATE INDEX ix_some_table_%1$d_email ON some_table_%1$d (email);
            """
                .formatted(i));
      }
      SERVER.execute(database, sql.toString());
    }
    return database;
  }

  private static double median(List<Long> nanos) {
    var sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
