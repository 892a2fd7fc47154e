package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prisma's URLs say in which schema its tables and its ledger are. */
class PrismaSchemaTest {
  private static final String ORDERS = "CREATE TABLE \"orders\" (\"id\" integer PRIMARY KEY)";
  private static final String INVOICES =
      "CREATE TABLE \"invoices\" (\"id\" integer PRIMARY KEY, \"order\" integer REFERENCES \"orders\" (\"id\"))";
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(project.resolve("prisma"));
    Files.writeString(
        project.resolve("prisma/schema.prisma"), "datasource db { provider = \"postgresql\" }\n");
    migration("20240101000000_orders", ORDERS);
    migration("20240102000000_invoices", INVOICES);
    server.execute(database, "CREATE SCHEMA shop");
  }

  private void migration(String name, String sql) throws IOException {
    Path directory = Files.createDirectories(project.resolve("prisma/migrations").resolve(name));
    Files.writeString(directory.resolve("migration.sql"), sql + ";\n");
  }

  private void migrate(String schema) {
    server.execute(database, "SET search_path = %s; %s; %s".formatted(schema, ORDERS, INVOICES));
    ledger(schema, "20240101000000_orders", "20240102000000_invoices");
  }

  private void ledger(String schema, String... names) {
    server.execute(
        database,
        "CREATE TABLE %s._prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL,"
                .formatted(schema)
            + " finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text,"
            + " rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),"
            + " applied_steps_count integer NOT NULL DEFAULT 0)");
    for (String name : names) {
      server.execute(
          database,
          "INSERT INTO %s._prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('%s', '', now(), '%s')"
              .formatted(schema, name, name));
    }
  }

  private InProcess.Result run(String... words) {
    return new FlywayRuns(server, database, project, "?schema=shop").run(words);
  }

  private String story() {
    return new FlywayRuns(server, database, project).story();
  }

  @Test
  void theSchemaIsWhereTheTablesAre() {
    migrate("shop");

    InProcess.Result told = run("diagnose", "--scratch", "none");
    assertThat(told.out()).contains("shop._prisma_migrations").doesNotContain("SG117", "SG119");
    server.execute(database, "DROP TABLE shop.invoices");
    assertThat(run("check").err()).contains("really at 20240101000000_orders (1 table missing)");
    InProcess.Result repaired =
        run(
            "repair",
            "--strategy",
            "missing",
            "--apply",
            "--yes",
            "--backup",
            "none",
            "--scratch",
            server.url("postgres"));
    assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isZero();
    server.execute(database, "SELECT FROM shop.invoices");
  }

  /** An empty schema is behind, whatever another service has in its own. */
  @Test
  void anotherSchemasLedgerIsNotRead() {
    migrate("public");

    assertThat(run("check", "--require-head").exitCode()).isEqualTo(3);
    InProcess.Result told = run("diagnose", "--scratch", "none");
    assertThat(told.out()).as(told.err()).contains("behind");
    assertThat(story()).as("without `schema` it is `public`").startsWith("consistent");
  }
}
