package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ledgers that are not called what the tool calls them by itself. */
class SqlFilesLedgerTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path directory;

  private void build(String tool, String rename) {
    SqlFilesScenario.of(tool).build(server, database, directory);
    server.execute(database, rename);
  }

  /** golang-migrate is told in the URL alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE schema_migrations RENAME TO versions | x-migrations-table=versions
          ALTER TABLE schema_migrations RENAME TO "a.b" | x-migrations-table=a.b
          CREATE SCHEMA own; ALTER TABLE schema_migrations SET SCHEMA own; ALTER TABLE own.schema_migrations RENAME TO v | x-migrations-table=%22own%22.%22v%22&x-migrations-table-quoted=1
          ALTER SCHEMA public RENAME TO own; CREATE SCHEMA public | search_path=own,public
          """)
  void golangMigratesUrlNamesIt(String rename, String query) {
    build("golang-migrate", rename);
    String url = server.url(database);
    var runs = new FlywayRuns(server, database, directory, (url.contains("?") ? "&" : "?") + query);

    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("consistent");
    var check = runs.run("check");
    assertThat(check.exitCode()).as(check.err()).isZero();
  }

  @Test
  void aNameThatGolangMigrateRefusesIsRefused() {
    build("golang-migrate", "SELECT 1");
    String query = "x-migrations-table=v&x-migrations-table-quoted=true";
    var runs =
        new FlywayRuns(
            server, database, directory, (server.url(database).contains("?") ? "&" : "?") + query);

    var check = runs.run("check");
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err()).contains("`x-migrations-table`", "hint: ");
  }

  /** goose and dbmate read the file as well. */
  @ParameterizedTest
  @CsvSource({
    "goose, db/migrations, GOOSE_MIGRATION_DIR=deep/down\\nGOOSE_TABLE=own.versions, goose_db_version",
    "dbmate, db/migrations, DBMATE_MIGRATIONS_DIR=deep/down\\nDBMATE_MIGRATIONS_TABLE=own.versions, schema_migrations",
  })
  void theProjectsFileNamesIt(String tool, String usual, String file, String table)
      throws IOException {
    build(
        tool,
        "CREATE SCHEMA own; ALTER TABLE %1$s SET SCHEMA own; ALTER TABLE own.%1$s RENAME TO versions"
            .formatted(table));
    Files.createDirectories(directory.resolve("deep"));
    Files.move(directory.resolve(usual), directory.resolve("deep/down"));
    Files.writeString(directory.resolve(".env"), file.replace("\\n", "\n") + "\n");
    var runs = new FlywayRuns(server, database, directory);

    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("consistent");
    assertThat(runs.run("check").exitCode()).isZero();
  }

  /** Where nothing names it, what looks like one is named by the hint. */
  @ParameterizedTest
  @CsvSource({
    "golang-migrate, schema_migrations",
    "goose, goose_db_version",
    "sqlx, _sqlx_migrations"
  })
  void aTableThatLooksLikeItIsNamed(String tool, String table) throws IOException {
    build(tool, "ALTER TABLE %s RENAME TO versions".formatted(table));
    server.execute(database, "CREATE TABLE notes (version bigint, dirty boolean, more text)");
    var runs = new FlywayRuns(server, database, directory);

    assertThat(runs.story("--scratch", "none")).startsWith("inconsistent SG119(");
    assertThat(runs.run("diagnose", "--scratch", "none", "--output", "json").out())
        .contains("say so in `stampguard.properties`: version-table=versions; if it is not, ")
        .doesNotContain("\"recommended\": true");
    InProcess.Result refused = runs.run("repair", "--apply", "--yes");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .contains(
            "hint: `public.versions` has a ledger's columns: if it is the ledger, say so in"
                + " `stampguard.properties`: version-table=versions; if it is not, `stampguard repair"
                + " --strategy restamp` plans one that is true");
    InProcess.Result asked =
        runs.run("repair", "--strategy", "restamp", "--backup", "none", "--apply", "--yes");
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    server.execute(database, "DROP TABLE " + table);
    Files.writeString(directory.resolve("stampguard.properties"), "version-table=versions\n");
    assertThat(runs.run("check").exitCode()).isZero();
  }
}
