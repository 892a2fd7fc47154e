package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who looks has another search path than who migrated, and sees the same database. */
class SearchPathTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();
  private final String migrator = "migrator_" + database;
  private final String looker = "looker_" + database;

  @TempDir private Path project;
  private AlembicFiles files;

  @BeforeEach
  void begin() {
    files =
        new AlembicFiles(project)
            .revision(
                "a1",
                "None",
                """
                op.create_table("users", sa.Column("id", sa.Integer, primary_key=True),
                                sa.Column("state", sa.Enum("new", "old", name="state")))
                """)
            .revision(
                "a2",
                "'a1'",
                """
                for column in ("age", "size"):
                    op.add_column("users", sa.Column(column, sa.Integer, server_default="1"))
                """)
            .revision("a3", "'a2'", "op.create_index('ix_age', 'users', ['age'])");
    environment("");
    server.execute(
        database,
        """
        CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
        CREATE ROLE %2$s LOGIN PASSWORD '%2$s' CREATEDB;
        CREATE SCHEMA "the App" AUTHORIZATION %1$s;
        CREATE SCHEMA reporting AUTHORIZATION %2$s;
        GRANT USAGE ON SCHEMA "the App" TO %2$s;
        """
            .formatted(migrator, looker));
  }

  @AfterEach
  void drop() {
    server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
    server.execute("postgres", "DROP ROLE %s, %s".formatted(migrator, looker));
  }

  private void environment(String options) {
    files.write(
        "migrations/env.py",
        """
        import os
        from alembic import context
        from sqlalchemy import create_engine

        with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
            context.configure(connection=connection%s)
            with context.begin_transaction():
                context.run_migrations()
        """
            .formatted(options));
  }

  /** Upgrades with real Alembic as the migrator, whose names go to a schema of their own. */
  private void upgrade(String lookersPath) {
    server.execute(
        "postgres",
        """
        ALTER ROLE %1$s SET search_path = "$user", "the App", public;
        ALTER ROLE %2$s SET search_path = %3$s
        """
            .formatted(migrator, looker, lookersPath));
    Alembic.Result result =
        Alembic.require().run(project, url(migrator), List.of("upgrade", "head"));
    assertThat(result.exitCode()).as(result.output()).isZero();
    server.execute(
        database,
        """
        DO $$ BEGIN
          IF to_regclass('"the App".alembic_version') IS NOT NULL THEN
            GRANT SELECT ON "the App".alembic_version TO %1$s;
          ELSE
            GRANT USAGE ON SCHEMA ops TO %1$s;
            GRANT SELECT ON ops.alembic_version TO %1$s;
          END IF;
        END $$
        """
            .formatted(looker));
  }

  private String url(String role) {
    return "postgresql://%1$s:%1$s@localhost:%2$d/%3$s".formatted(role, server.port(), database);
  }

  private InProcess.Result run(String... args) {
    var environment = new HashMap<>(ReplayEnvironment.variables());
    environment.put("DATABASE_URL", url(looker));
    return InProcess.run(project, environment, args);
  }

  private InProcess.Result diagnose(String scratch) {
    String place = scratch.equals("URL") ? server.url("postgres") : scratch;
    return run("diagnose", "--output", "json", "--scratch", place);
  }

  private static void assertConsistent(InProcess.Result result, String source) {
    assertThat(result.out() + result.err())
        .contains("\"verdict\": \"consistent\"", "\"source\": \"" + source + "\"");
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "''|auto",
        "''|server",
        "''|URL",
        "reporting, public|auto",
        "reporting, public|server",
        "reporting, public|URL"
      },
      delimiter = '|')
  void aReplayFollowsWhoMigrated(String lookersPath, String scratch) {
    upgrade(lookersPath);
    assertConsistent(diagnose(scratch), "replay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "reporting, public"})
  void lockAndScriptsFollowWhoMigrated(String lookersPath) {
    upgrade(lookersPath);
    assertConsistent(diagnose("none"), "scripts");

    InProcess.Result snapshot = run("snapshot");
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    assertConsistent(diagnose("none"), "lock");
    assertThat(run("check").exitCode()).isZero();
    assertThat(run("snapshot", "--check").exitCode()).isZero();
  }

  /** The ledger is no witness then: its owner's settings are. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "auto", "server"})
  void alsoWhereTheLedgerHasASchemaOfItsOwn(String scratch) {
    environment(", version_table_schema='ops'");
    server.execute(database, "CREATE SCHEMA ops AUTHORIZATION " + migrator);
    upgrade("reporting, public");
    assertConsistent(diagnose(scratch), scratch.equals("none") ? "scripts" : "replay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "auto"})
  void whatIsMissingIsMissedWhereItShouldBe(String scratch) {
    upgrade("reporting, public");
    server.execute(database, "DROP INDEX \"the App\".ix_age");
    InProcess.Result result = diagnose(scratch);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(Stream.of("SG102", "index \\\"the App\\\".ix_age"))
        .allSatisfy(words -> assertThat(result.out()).contains(words));
  }
}
