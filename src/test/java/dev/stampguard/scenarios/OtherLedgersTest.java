package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A project of Alembic's whose database has ledgers of tools that the project does not use. */
class OtherLedgersTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;
  private AlembicFiles files;

  @BeforeEach
  void build() {
    files =
        new AlembicFiles(project)
            .revision("aaa", "None", "op.create_table('users', sa.Column('id', sa.Integer()))");
    server.execute(
        database,
        """
        CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('aaa');
        CREATE TABLE users (id integer)
        """);
  }

  private Json diagnose() {
    InProcess.Result result =
        InProcess.run(
            project,
            Map.of("DATABASE_URL", server.url(database)),
            "diagnose",
            "--scratch=none",
            "--output=json");
    assertThat(result.out()).as(result.err()).contains("\"verdict\"");
    return Json.parse(result.out());
  }

  private InProcess.Result check() {
    return InProcess.run(project, Map.of("DATABASE_URL", server.url(database)), "check");
  }

  private static List<String> findings(Json document) {
    return document.objects("findings").stream()
        .map(found -> found.string("code") + " " + found.string("detail"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rails | schema_migrations (version varchar PRIMARY KEY); CREATE TABLE ar_internal_metadata (key varchar, value varchar); INSERT INTO schema_migrations VALUES ('1')",
        "dbmate | schema_migrations (version varchar PRIMARY KEY); INSERT INTO schema_migrations VALUES ('1')",
        "golang-migrate | schema_migrations (version bigint, dirty boolean); INSERT INTO schema_migrations VALUES (1, false)",
        "ecto | schema_migrations (version bigint, inserted_at timestamp); INSERT INTO schema_migrations VALUES (1, now())",
        "knex | knex_migrations (id int, name text, batch int, migration_time timestamptz); CREATE TABLE knex_migrations_lock (index int, is_locked int); INSERT INTO knex_migrations VALUES (1, 'a', 1, now())",
        "liquibase | databasechangelog (id text, author text, filename text, orderexecuted int); CREATE TABLE databasechangeloglock (id int, locked boolean, lockedby text); INSERT INTO databasechangelog VALUES ('1', 'me', 'x', 1)",
        "prisma | _prisma_migrations (id text, migration_name text, finished_at timestamptz); INSERT INTO _prisma_migrations VALUES ('a')",
        "typeorm | migrations (id int, timestamp bigint, name text); INSERT INTO migrations VALUES (1, 2, 'a')"
      })
  void aLedgerThatNothingExplainsIsNamedAndNothingOfItIsExtra(String tool, String tables) {
    server.execute(database, "CREATE TABLE " + tables);
    Json document = diagnose();
    String table = tables.substring(0, tables.indexOf(' '));
    assertThat(findings(document))
        .containsExactly(
            "SG117 Besides the ledger `public.alembic_version` that was read there is `public.%s`, which %s fills: nothing in this project explains it."
                .formatted(table, tool));
    assertThat(document.string("verdict")).isEqualTo("consistent");
    assertThat(document.strings("extras")).isEmpty();
    assertThat(check().exitCode()).isZero();
  }

  @Test
  void anEmptyOneSaysNothing() {
    server.execute(
        database,
        "CREATE TABLE django_migrations (id int, app text, name text, applied timestamptz)");
    assertThat(findings(diagnose())).isEmpty();
  }

  @Test
  void aTableOfSomebodysOwnIsNoLedger() {
    server.execute(
        database,
        "CREATE TABLE migrations (id int, species text); INSERT INTO migrations VALUES (1, 'stork')");
    Json document = diagnose();
    assertThat(document.strings("extras")).containsExactly("table public.migrations");
  }

  @Test
  void whatARevisionMakesIsNoOtherToolsLedger() {
    files.revision(
        "bbb",
        "'aaa'",
        "op.create_table('migrations', sa.Column('id', sa.Integer()), sa.Column('timestamp', sa.BigInteger()), sa.Column('name', sa.Text()))");
    server.execute(
        database,
        """
        CREATE TABLE migrations (id int, timestamp bigint, name text);
        INSERT INTO migrations VALUES (1, 2, 'a');
        UPDATE alembic_version SET version_num = 'bbb'
        """);
    assertThat(findings(diagnose())).isEmpty();
    server.execute(database, "DROP TABLE migrations");
    assertThat(findings(diagnose())).singleElement().asString().startsWith("SG102");
  }

  @Test
  void oneInASchemaOfItsOwnMakesThatNoExtraEither() {
    server.execute(
        database,
        """
        CREATE SCHEMA drizzle;
        CREATE TABLE drizzle.__drizzle_migrations (id int, hash text, created_at bigint)
        """);
    assertThat(diagnose().strings("extras")).isEmpty();
  }
}
