package dev.stampguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.testing.Eventually;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What random statements do to the catalog alone is in {@code IncrementalReadsPropertyTest}. */
@Tag("postgres")
class EditionTest {
  private static final LedgerReader LEDGER =
      new LedgerReader(new LedgerLocation(Optional.empty(), "alembic_version"), "version_num");

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();
  private final PostgresConnection connection =
      Connectors.connector().open(server.target(database));

  @BeforeEach
  void build() {
    sql("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)");
    sql("INSERT INTO alembic_version VALUES ('a')");
    sql("CREATE TABLE orders (id serial PRIMARY KEY, note text)");
    sql(
        "CREATE TABLE flyway_schema_history (installed_rank int, version text, description text,"
            + " type text, script text, checksum int, installed_by text, installed_on timestamp,"
            + " execution_time int, success boolean)");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private void sql(String sql) {
    server.execute(database, sql);
  }

  private Optional<List<String>> facts() {
    return Inspection.edition(connection, LEDGER).map(Edition::facts);
  }

  @Test
  void whatIsJudgedMakesAnother() {
    String role = "editor_of_" + database;
    sql("CREATE ROLE " + role);
    try {
      sql("CREATE POLICY own ON orders TO " + role);
      Optional<List<String>> before = facts();
      assertThat(before).isPresent();
      for (String change :
          List.of(
              "UPDATE alembic_version SET version_num = 'b'",
              "INSERT INTO alembic_version VALUES ('c')",
              "INSERT INTO flyway_schema_history VALUES (1, '1')",
              "CREATE TABLE django_migrations (app text, name text, applied timestamptz)",
              "CREATE SCHEMA app",
              "ALTER DATABASE " + database + " SET search_path = app, public",
              "ALTER ROLE " + role + " RENAME TO other_" + role,
              "ALTER ROLE other_" + role + " RENAME TO " + role,
              "CREATE INDEX CONCURRENTLY ON orders (note)",
              "ALTER SEQUENCE orders_id_seq OWNED BY NONE",
              "ALTER EXTENSION plpgsql ADD TABLE orders",
              "ALTER EXTENSION plpgsql DROP TABLE orders",
              "ALTER FUNCTION pg_catalog.md5(text) RENAME TO md6",
              "DROP TABLE orders")) {
        sql(change);
        Optional<List<String>> after = facts();
        assertThat(after).as(change).isPresent().isNotEqualTo(before);
        before = after;
      }
    } finally {
      sql("DROP TABLE IF EXISTS orders");
      sql("DROP ROLE " + role);
    }
  }

  @Test
  void whatNobodyJudgesMakesNone() throws SQLException {
    Optional<List<String>> before = facts();
    try (Connection other = server.connect(database);
        Statement statement = other.createStatement()) {
      for (String change :
          List.of(
              "INSERT INTO orders (note) SELECT 'x' FROM generate_series(1, 100)",
              "VACUUM ANALYZE",
              "COMMENT ON TABLE orders IS 'nothing'",
              "CREATE TEMPORARY TABLE passing (id serial PRIMARY KEY, b int CHECK (b > 0))",
              "CREATE INDEX ON passing (b)")) {
        statement.execute(change);
        assertThat(facts()).as(change).isEqualTo(before);
      }
    }
  }

  @Test
  void aLookTellsTheEditionItSaw() {
    Inspection.Dated dated = Inspection.dated(connection, LEDGER);

    assertThat(dated.inspection())
        .isEqualTo(Inspection.of(connection, CatalogDepth.DEFINITIONS, LEDGER));
    assertThat(dated.edition().map(Edition::facts)).isEqualTo(facts());
    String written = dated.edition().orElseThrow().written();
    assertThat(Eventually.within(() -> connection.isOnDisk(written))).isTrue();
    assertThat(connection.isOnDisk("FFFFFFFF/0")).isFalse();
  }

  /** What is read where the ledger is as a rule is not what counts then. */
  @Test
  void aLedgerElsewhereHasNone() {
    sql("CREATE SCHEMA app");
    sql("ALTER TABLE alembic_version SET SCHEMA app");

    assertThat(facts()).isEmpty();
    assertThat(Inspection.dated(connection, LEDGER).edition()).isEmpty();
  }
}
