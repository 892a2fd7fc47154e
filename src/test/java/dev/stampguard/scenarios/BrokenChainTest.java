package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chain that cannot build a database, for whatever reason, is not tried on the one there is. */
class BrokenChainTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();
  @TempDir private Path project;
  private AlembicFiles files;
  private RepairRuns runs;

  @BeforeEach
  void hollow() {
    files =
        new AlembicFiles(project)
            .revision("a1", "None", "op.execute('CREATE TABLE users (id int PRIMARY KEY)')")
            .revision("c3", "'b2'", "op.execute('CREATE TABLE posts (id int PRIMARY KEY)')");
    server.execute(
        database,
        """
        CREATE TABLE users (id int PRIMARY KEY);
        INSERT INTO users VALUES (1), (2);
        CREATE TABLE alembic_version (
          version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('c3')
        """);
    runs = new RepairRuns(server, database, project);
  }

  @AfterEach
  void drop() {
    server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          op.create_table('x' sa.Column('id', sa.Integer))   | 2 | invalid syntax
          op.execute('CREATE TABLE (')                       | 4 | syntax error at or near "("
          import no_such_module                              | 4 | No module named 'no_such_module'
          op.execute('INSERT INTO users VALUES (1), (1)')    | 4 | duplicate key value
          raise ValueError('the rows are not as expected')   | 4 | the rows are not as expected
          op.execute('ALTER TABLE nowhere ADD COLUMN i int') | 4 | needs `table public.nowhere`
          """)
  void isRefusedWithItsRevisionAndTheCause(String body, int exitCode, String cause) {
    files.revision("b2", "'a1'", body);

    InProcess.Result refused =
        runs.run(
            "repair",
            "--strategy",
            "recreate",
            "--apply",
            "--yes",
            "--allow",
            "replaces-database",
            "--copy-data");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(exitCode);
    assertThat(refused.err()).contains("b2", cause, "hint: ").doesNotContain("\tat ");
    assertThat(refused.out()).isEmpty();
    assertThat(project.resolve(".stampguard")).doesNotExist();
    assertThat(runs.texts("SELECT count(*) FROM users")).containsExactly("2");
    assertThat(runs.texts("SELECT version_num FROM alembic_version")).containsExactly("c3");
    assertThat(
            runs.texts(
                "SELECT datname FROM pg_database WHERE datname ~ '%s_|^stampguard_scratch'"
                    .formatted(database)))
        .isEmpty();
  }
}
