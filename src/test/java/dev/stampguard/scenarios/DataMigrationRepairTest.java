package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger is never set past a revision that changes only data without somebody's word. */
class DataMigrationRepairTest {
  private static final String BEHIND = "UPDATE alembic_version SET version_num = 'r2'";

  private final PostgresServer server = PostgresServer.shared();
  @TempDir private Path project;
  private String database;
  private RepairRuns runs;

  @BeforeEach
  void build() {
    new AlembicFiles(project)
        .revision("r1", "None", "op.execute(\"CREATE TABLE users (email text)\")")
        .revision("r2", "'r1'", "op.execute(\"CREATE TABLE posts (id integer)\")")
        .revision("r3", "'r2'", "op.execute(\"UPDATE users SET email = lower(email)\")")
        .revision("r4", "'r3'", "op.execute(\"CREATE TABLE tags (id integer)\")");
    database = server.createDatabase();
    server.execute(
        database,
        """
        CREATE TABLE users (email text);
        INSERT INTO users VALUES ('Ada@Example.org');
        CREATE TABLE posts (id integer);
        CREATE TABLE tags (id integer);
        CREATE TABLE alembic_version (
          version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('r4')
        """);
    runs = new RepairRuns(server, database, project);
  }

  @AfterEach
  void drop() {
    server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  private InProcess.Result restamp(String... decision) {
    String[] words = {"repair", "--strategy", "restamp", "--apply", "--yes", "--backup", "none"};
    String[] all = Arrays.copyOf(words, words.length + decision.length);
    System.arraycopy(decision, 0, all, words.length, decision.length);
    return runs.run(all);
  }

  private String ledger() {
    return String.join(",", runs.texts("SELECT version_num FROM alembic_version"));
  }

  private String email() {
    return runs.texts("SELECT email FROM users").getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BEHIND,
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "UPDATE alembic_version SET version_num = 'of_another_branch'"
      })
  void somebodyIsAskedFirst(String damage) {
    server.execute(database, damage);

    Json plan = runs.json("repair", "--strategy", "restamp").object("plan").orElseThrow();
    assertThat(plan.strings("undecided")).containsExactly("r3");
    assertThat(plan.strings("hazards")).contains("undecidable-data-migration");

    InProcess.Result refused = restamp();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .contains("nobody can tell whether `r3` ran", "`--assume-applied r3` or `--run r3`");

    if (damage.contains("of_another_branch")) {
      InProcess.Result forgetting = restamp("--run", "r3");
      assertThat(forgetting.exitCode()).as(forgetting.err()).isEqualTo(4);
      assertThat(forgetting.err()).contains("add `--allow forgets-unknown-revision`");
    }
    InProcess.Result done = restamp("--run", "r3", "--allow", "forgets-unknown-revision");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(ledger()).isEqualTo("r4");
    assertThat(email()).isEqualTo("ada@example.org");
  }

  @Test
  void whatTheLedgerHasAsRunIsNotRunAgainWithoutAWord() {
    server.execute(database, "DROP TABLE posts, tags");

    String word =
        "the ledger has `r3` as run and nothing in the database tells whether it did, so it runs"
            + " now; if it did run before, what it does to data is done twice: `stampguard repair"
            + " --strategy missing --url-variable DATABASE_URL --assume-applied r3` plans without it";
    Json plan = runs.json("repair", "--url-variable", "DATABASE_URL").object("plan").orElseThrow();
    assertThat(plan.objects("steps"))
        .filteredOn(step -> step.string("remark") != null)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.string("command")).contains("r3");
              assertThat(step.string("remark")).isEqualTo(word);
            });
    assertThat(plan.strings("undecided")).isEmpty();
    assertThat(plan.strings("hazards")).isEmpty();
    assertThat(runs.run("diagnose").out().replaceAll("\\s+", " "))
        .contains("`r3` runs too, which the ledger has as run");

    InProcess.Result done = restamp("--url-variable", "DATABASE_URL");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.err()).contains(word);
    assertThat(email()).isEqualTo("ada@example.org");
  }

  @Test
  void theCommandInThatWordKeepsItFromRunning() {
    server.execute(database, "DROP TABLE posts, tags");

    InProcess.Result done =
        runs.run("repair", "--strategy", "missing", "--assume-applied", "r3", "--apply", "--yes");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.err()).doesNotContain("as run");
    assertThat(runs.texts("SELECT to_regclass('tags')::text")).containsExactly("tags");
    assertThat(email()).isEqualTo("Ada@Example.org");
  }

  @Test
  void whatCountsAsAppliedDoesNotRunAgain() {
    server.execute(database, BEHIND);
    InProcess.Result done = restamp("--assume-applied", "r3");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(ledger()).isEqualTo("r4");
    assertThat(email()).isEqualTo("Ada@Example.org");
  }
}
