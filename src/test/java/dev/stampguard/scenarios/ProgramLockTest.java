package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Knex's scripts with a lock file that somebody edited, and what is said where there is none. */
class ProgramLockTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final ProgramTool KNEX = ProgramTool.load("knex");
  private static final String LAST = "db/migrations/20240104090000_books_year.js";
  private static final String FIRST = "db/migrations/20240101090000_authors.js";
  private static final String STALE = "`stampguard.lock` is not of these scripts any more";

  @TempDir private static Path made;
  private static String model;
  private static int copies;

  @TempDir private Path project;
  private FlywayRuns runs;

  @BeforeAll
  static void make() {
    KNEX.build(made);
    model = SERVER.createDatabase();
    KNEX.migrate(SERVER, model, made);
    InProcess.Result snapshot =
        new FlywayRuns(SERVER, model, made).run(replaying("snapshot", "--driver-env", "project"));
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
  }

  @BeforeEach
  void copy() throws IOException {
    KNEX.build(project);
    Files.copy(made.resolve("stampguard.lock"), project.resolve("stampguard.lock"));
    String database = "%s_%d".formatted(model, ++copies);
    SERVER.execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(database, model));
    runs = new FlywayRuns(SERVER, database, project);
  }

  private static String[] replaying(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--scratch", SERVER.url("postgres")));
    return all.toArray(String[]::new);
  }

  private void append(String file, String text) {
    try {
      Files.writeString(project.resolve(file), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void breakAtOnce(String file) {
    try {
      Path script = project.resolve(file);
      Files.writeString(script, "throw new Error('not here');\n" + Files.readString(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(String... names) throws IOException {
    for (String name : names) {
      Files.delete(project.resolve(name));
    }
  }

  private void execute(String sql) {
    SERVER.execute(runs.database(), sql);
  }

  @Test
  void aCommentBlindsNobodyToWhatTheEditedScriptMade() {
    append(LAST, "// note\n");
    execute("ALTER TABLE books DROP COLUMN year");

    InProcess.Result check = runs.run("check");

    assertThat(check.exitCode()).as(check.err()).isEqualTo(3);
    assertThat(check.err()).contains(STALE, "missing");
  }

  @Test
  void aCommentBlindsNobodyToWhatAnotherScriptMade() {
    append(LAST, "// note\n");
    execute("ALTER TABLE books DROP COLUMN title");

    InProcess.Result check = runs.run("check");

    assertThat(check.exitCode()).as(check.err()).isEqualTo(3);
    assertThat(check.err()).contains("1 column missing");
  }

  @Test
  void aCommentMakesNothingWrongThatIsRight() {
    append(LAST, "// note\n");

    InProcess.Result check = runs.run("check");

    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.err()).startsWith("stampguard: " + STALE).hasLineCount(1);
    assertThat(runs.run("check", "--quiet").err()).isEmpty();
    assertThat(runs.story("--scratch", "none"))
        .isEqualTo("consistent SG114(20240104090000_books_year.js)");
  }

  @Test
  void whatCannotBeReplayedIsKnownFromTheLock() {
    breakAtOnce(LAST);

    assertThat(runs.run("check").exitCode()).isZero();
    InProcess.Result diagnose = runs.run(replaying("diagnose", "--driver-env", "project"));
    assertThat(diagnose.exitCode()).as(diagnose.out() + diagnose.err()).isZero();
    assertThat(diagnose.err()).contains("is judged by what `stampguard.lock` knows of it");
    execute("DROP TABLE members");
    assertThat(runs.story(replaying("--driver-env", "project"))).startsWith("inconsistent SG103(");
  }

  @Test
  void aFirstLockOfWhichNothingRanIsNotWritten() throws IOException {
    remove("stampguard.lock");
    breakAtOnce(FIRST);

    InProcess.Result snapshot = runs.run(replaying("snapshot", "--driver-env", "project"));

    assertThat(snapshot.exitCode()).as(snapshot.err()).isEqualTo(3);
    assertThat(snapshot.err())
        .contains("`20240101090000_authors.js` failed, and no other revision could be run");
    assertThat(project.resolve("stampguard.lock")).doesNotExist();
  }

  @Test
  void withoutALockEveryHintAllowsWhatItNeeds() throws IOException {
    remove("stampguard.lock");
    execute("DROP TABLE members");

    InProcess.Result snapshot = runs.run("snapshot");
    assertThat(snapshot.exitCode()).isEqualTo(2);
    assertThat(snapshot.err())
        .contains(
            "hint: `stampguard snapshot --driver-env project` runs them with `node_modules/.bin/knex migrate:up {revision}`");

    InProcess.Result diagnose = runs.run(replaying("diagnose"));
    assertThat(diagnose.exitCode()).isEqualTo(3);
    assertThat(diagnose.out())
        .contains("`stampguard diagnose --driver-env project`")
        .doesNotContain("--scratch auto");

    InProcess.Result repair = runs.run(replaying("repair", "--strategy", "recreate"));
    assertThat(repair.err()).containsOnlyOnce("migrations of Knex are programs");
  }

  @Test
  void theCommandInAHintIsNotRefused() {
    execute("DROP TABLE members");

    String command =
        "repair --driver-env project --apply --yes --allow not-atomic --allow runs-project-code";
    assertThat(runs.run("diagnose", "--scratch", "none").out().replaceAll("\\s+", " "))
        .contains("`stampguard " + command + "` carries it out");

    InProcess.Result repair = runs.run(replaying(command.split(" ")));
    assertThat(repair.exitCode()).as(repair.err()).isZero();
  }

  @Test
  void aGraftSaysWhatAllowsItsReplay() throws IOException {
    // No other database has this ledger: there is no sibling to take anything from.
    Path settings = project.resolve("knexfile.js");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace("migrations: {", "migrations: {\n    tableName: 'alone',"));
    execute("ALTER TABLE knex_migrations RENAME TO alone");
    execute("ALTER TABLE knex_migrations_lock RENAME TO alone_lock");
    execute("ALTER TABLE books DROP COLUMN title");

    assertThat(runs.run("diagnose", "--scratch", "none").out().replaceAll("\\s+", " "))
        .contains("taken from a replay of the scripts, which `--driver-env project` allows")
        .contains("`stampguard repair --driver-env project` plans it");

    InProcess.Result repair = runs.run("repair");
    assertThat(repair.exitCode()).as(repair.err()).isEqualTo(2);
    assertThat(repair.err())
        .contains("hint: `stampguard repair --driver-env project` runs them with");
  }

  /** What its scripts say in SQL is read without running them, so that there is a finding. */
  @Test
  void typeormIsToldOnceWhatARepairLacks() {
    ProgramTool typeorm = ProgramTool.load("typeorm");
    Path directory = project.resolve("typeorm");
    typeorm.build(directory);
    String database = SERVER.createDatabase();
    typeorm.migrate(SERVER, database, directory);
    SERVER.execute(database, "DROP TABLE members");

    InProcess.Result repair =
        new FlywayRuns(SERVER, database, directory).run("repair", "--strategy", "missing");

    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isEqualTo(2);
    assertThat(repair.err())
        .containsOnlyOnce("migrations of TypeORM are programs")
        .contains(
            "hint: `stampguard repair --strategy missing --driver-env project` runs them with");
  }

  /** Rows are no code: nobody has to allow any, and one repair is one batch. */
  @Test
  void aLedgerIsMadeAnewWithoutAnyCode() {
    execute("DROP TABLE knex_migrations, knex_migrations_lock");

    InProcess.Result repair = runs.run("repair", "--apply", "--yes", "--backup", "none");

    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    execute("SELECT 1 / (SELECT (count(DISTINCT batch) = 1)::int FROM knex_migrations)");
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
    KNEX.requireDone(SERVER, runs.database(), project);
  }
}
