package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.ReferentialIntegrity.Result;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.testing.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that point at nothing are counted, whatever PostgreSQL believes. */
@Tag("postgres")
class ReferentialIntegrityTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @AfterEach
  void drop() {
    server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  @Test
  void everyKindOfKeyIsLookedAt() {
    server.execute(
        database,
        """
        CREATE TABLE parent (id int PRIMARY KEY, a int, b text, UNIQUE (a, b));
        INSERT INTO parent VALUES (1, 1, 'x'), (2, 2, 'y');

        CREATE TABLE fits (p int REFERENCES parent, q int REFERENCES parent);
        INSERT INTO fits VALUES (1, NULL), (NULL, 2);

        CREATE TABLE late (p int);
        INSERT INTO late VALUES (1), (8), (8), (9), (NULL);
        ALTER TABLE late ADD CONSTRAINT late_p FOREIGN KEY (p) REFERENCES parent NOT VALID;

        CREATE TABLE pair (a int, b text, CONSTRAINT pair_simple FOREIGN KEY (a, b)
          REFERENCES parent (a, b));
        CREATE TABLE both_or_none (a int, b text, CONSTRAINT pair_full FOREIGN KEY (a, b)
          REFERENCES parent (a, b) MATCH FULL);
        CREATE TABLE "Tree" ("Id" int PRIMARY KEY, up int CONSTRAINT "up'" REFERENCES "Tree");
        CREATE TABLE parts (p int CONSTRAINT parts_p REFERENCES parent, k int) PARTITION BY LIST (k);
        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);

        -- As a data load does, which PostgreSQL does not look at again.
        SET session_replication_role = replica;
        INSERT INTO pair VALUES (1, 'x'), (1, 'y'), (3, NULL);
        INSERT INTO both_or_none VALUES (2, 'y'), (2, NULL), (NULL, NULL);
        INSERT INTO "Tree" VALUES (1, NULL), (2, 1), (3, 4);
        INSERT INTO parts VALUES (1, 1), (5, 1);
        """);

    assertThat(results())
        .containsExactly(
            result("\"Tree\"", "\"up'\"", true, 1, "4"),
            result("both_or_none", "pair_full", true, 1, "2, null"),
            result("fits", "fits_p_fkey", true, 0),
            result("fits", "fits_q_fkey", true, 0),
            result("late", "late_p", false, 3, "8", "9"),
            result("pair", "pair_simple", true, 1, "1, y"),
            result("parts", "parts_p", true, 1, "5"));
  }

  private static String result(
      String table, String name, boolean validated, long orphans, String... samples) {
    return "constraint public.%s.%s %s %d %s"
        .formatted(table, name, validated, orphans, List.of(samples));
  }

  private List<String> results() {
    try (var connection = Connectors.connector().open(server.target(database));
        var transaction = connection.readOnly()) {
      List<Result> results =
          transaction.run(
              ReferentialIntegrity.check(transaction.run(ReferentialIntegrity.foreignKeys())));
      return results.stream()
          .map(
              result ->
                  "%s %s %d %s"
                      .formatted(
                          result.constraint(),
                          result.validated(),
                          result.orphans(),
                          result.samples()))
          .toList();
    }
  }
}
