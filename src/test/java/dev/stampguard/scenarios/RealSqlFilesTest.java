package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.sqlfiles.SqlFileTools;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tools whose migrations are files of SQL make the database themselves, and agree after a repair
 * that everything is applied.
 */
class RealSqlFilesTest {
  /** Where {@code .ci/npm-packages} installed what the projects of Node's need. */
  private static final Path PACKAGES = Path.of("target/npm/node_modules").toAbsolutePath();

  /** What was installed there, and what is to be. */
  private static final List<Path> LISTS =
      List.of(Path.of("target/npm/complete.json"), Path.of("src/test/npm/package.json"));

  private static final long SECONDS = 60;

  private final PostgresServer server = PostgresServer.shared();
  private String database;
  private SqlFilesScenario project;

  @TempDir private Path directory;

  private FlywayRuns migrated(String tool) throws IOException {
    project = SqlFilesScenario.of(tool);
    requireTool();
    lay();
    database = server.createDatabase();
    run("migrate");
    return new FlywayRuns(server, database, directory);
  }

  private void lay() throws IOException {
    project.write(directory);
    if (project.value("migrate").startsWith("node ")) {
      Files.createSymbolicLink(directory.resolve("node_modules"), PACKAGES);
    }
    for (Path script : project.programs()) {
      Files.copy(script, directory.resolve(script.getFileName()));
    }
  }

  /** Where CI is true there is no way around it. */
  private void requireTool() {
    String program = project.value("migrate").split(" ")[0];
    boolean isThere = isOnPath(program) && (!program.equals("node") || isInstalled());
    if (!isThere) {
      String missing =
          "no `%s` that runs: install it, or run `.ci/npm-packages target/npm`".formatted(program);
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(missing);
      }
      System.err.println("SKIPPED: " + missing);
      Assumptions.abort(missing);
    }
  }

  private static boolean isInstalled() {
    try {
      return Files.exists(LISTS.getFirst())
          && Files.mismatch(LISTS.getFirst(), LISTS.getLast()) == -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(at -> Files.isExecutable(Path.of(at, program)));
  }

  private String run(String key) {
    Said said = start(key);
    assertThat(said.exitCode()).as(said.text()).isZero();
    return said.text();
  }

  private record Said(int exitCode, String text) {}

  private Said start(String key) {
    String url = server.url(database);
    List<String> words =
        Stream.of(project.value(key).split(" "))
            .map(word -> word.replace("${db}", url.replace("postgresql://", "db:pg://")))
            .map(word -> word.replace("${url}", url + "?sslmode=disable"))
            .toList();
    var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("DATABASE_URL", url);
    builder.environment().put("SQITCH_FULLNAME", "Grace Hopper");
    builder.environment().put("SQITCH_EMAIL", "grace@example.com");
    builder.environment().put("LC_ALL", "C.UTF-8");
    // Whatever a tool keeps or tells about itself stays here.
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("DO_NOT_TRACK", "1");
    builder.environment().put("SUPABASE_TELEMETRY_DISABLED", "1");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      return new Said(process.exitValue(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void requireDone(List<String> healthy) {
    assertThat(run("done")).contains(project.value("done.says"));
    assertThat(project.ledger(server, database)).isEqualTo(healthy);
    if (project.tool().containsKey("verified")) {
      run("verified");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqitch", "node-pg-migrate", "drizzle", "dbmate", "supabase", "prisma"})
  void whatTheToolMadeIsConsistent(String tool) throws IOException {
    FlywayRuns runs = migrated(tool);

    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("consistent");
    requireDone(project.ledger(server, database));
  }

  @ParameterizedTest
  @CsvSource({
    "sqitch, DROP TABLE fines, SG102({6}), restamp",
    "sqitch, DROP TABLE fines, SG102({6}), missing",
    "sqitch, DROP TABLE tags, SG103({2}), missing",
    "sqitch, ALTER TABLE books DROP COLUMN pages, SG104({4}), graft",
    "node-pg-migrate, DROP TABLE fines, SG102({6}), restamp",
    "node-pg-migrate, DROP TABLE tags, SG103({2}), missing",
    "node-pg-migrate, ALTER TABLE books DROP COLUMN pages, SG104({4}), graft",
    "drizzle, DROP TABLE fines, SG102({6}), restamp",
    "drizzle, DROP TABLE tags, SG103({2}), missing",
    "drizzle, ALTER TABLE books DROP COLUMN pages, SG104({4}), graft",
    "dbmate, DROP TABLE fines, SG102({6}), restamp",
    "dbmate, DROP TABLE tags, SG103({2}), missing",
    "dbmate, ALTER TABLE books DROP COLUMN pages, SG104({4}), graft",
    "supabase, DROP TABLE fines, SG102({6}), restamp",
    "supabase, DROP TABLE tags, SG103({2}), missing",
    "prisma, DROP TABLE fines, SG102({6}), restamp",
    "prisma, DROP TABLE tags, SG103({2}), missing",
    "prisma, ALTER TABLE books DROP COLUMN pages, SG104({4}), graft",
  })
  void afterARepairTheToolHasNothingToDo(
      String tool, String damage, String finding, String strategy) throws IOException {
    FlywayRuns runs = migrated(tool);
    List<String> healthy = project.ledger(server, database);
    server.execute(database, damage);
    assertThat(runs.story("--scratch", "none"))
        .isEqualTo("inconsistent " + project.withIds(finding));

    var repair =
        runs.run(
            "repair",
            "--strategy",
            strategy,
            "--apply",
            "--yes",
            "--backup",
            "none",
            "--scratch",
            server.url("postgres"),
            "--allow",
            "not-atomic");

    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    requireDone(healthy);
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
  }

  /** Prisma sends a script whole: one that fails leaves a row without an end, and nothing else. */
  @Test
  void whatTheToolFailedAtIsRunAgain() throws IOException {
    project = SqlFilesScenario.of("prisma");
    requireTool();
    lay();
    database = server.createDatabase();
    SqlFilesScenario.Script fines = project.scripts().getLast();
    Path script = directory.resolve(fines.path());
    Files.writeString(script, fines.text() + "SELECT no_such_function();\n");
    assertThat(start("migrate").exitCode()).isNotZero();
    Files.writeString(script, fines.text());
    assertThat(start("done").text()).contains("found failed migrations in the target database");
    var runs = new FlywayRuns(server, database, directory);
    assertThat(runs.story("--scratch", "none"))
        .isEqualTo("inconsistent " + project.withIds("SG102({6}) SG113({6})"));

    var repair = runs.run("repair", "--apply", "--yes", "--backup", "none");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    assertThat(run("done")).contains(project.value("done.says"));
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
  }

  /** node-pg-migrate holds rows and files against each other one by one. */
  @Test
  void aLateMigrationStandsWhereItsFileDoes() throws IOException {
    project = SqlFilesScenario.of("node-pg-migrate");
    requireTool();
    lay();
    Path late = directory.resolve(project.scripts().get(1).path());
    String text = Files.readString(late);
    Files.delete(late);
    database = server.createDatabase();
    run("migrate");
    Files.writeString(late, text);
    var runs = new FlywayRuns(server, database, directory);

    assertThat(runs.story("--scratch", "none"))
        .isEqualTo("behind " + project.withIds("SG115({2})"));
    assertThat(start("migrate").text()).contains("Not run migration");
    var repair =
        runs.run("repair", "--strategy", "missing", "--apply", "--yes", "--backup", "none");

    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    requireDone(project.ledger(server, database));
  }

  /** What is in SQL does not speak for what is not, until the project's command has run that. */
  @Test
  void aProgramAmongTheScriptsIsRunByTheProjectsCommand() throws IOException {
    project = SqlFilesScenario.of("node-pg-migrate");
    requireTool();
    lay();
    SqlFilesScenario.Script tags = project.scripts().get(1);
    Files.delete(directory.resolve(tags.path()));
    String program = tags.path().replaceFirst("\\.sql$", ".js");
    Files.writeString(
        directory.resolve(program), "exports.up = (pgm) => pgm.sql(`%s`);\n".formatted(tags.sql()));
    database = server.createDatabase();
    run("migrate");
    var runs = new FlywayRuns(server, database, directory);
    String unknown = "unknown " + project.withIds("SG111({2}) SG112()");

    assertThat(runs.story("--scratch", "none")).isEqualTo(unknown);
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo(unknown);
    var check = runs.run("check");
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(runs.run("diagnose", "--scratch", "none", "--output", "json").out())
        .contains("is a program, and nothing has run it")
        .contains("`replay.command=npx --no-install node-pg-migrate up {revision}`");

    Files.writeString(
        directory.resolve("stampguard.properties"),
        "replay.command=node_modules/.bin/node-pg-migrate up {revision}\n");
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("consistent");
    var snapshot = runs.run("snapshot", "--scratch", server.url("postgres"));
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    assertThat(runs.run("check").exitCode()).isZero();

    List<String> healthy = project.ledger(server, database);
    server.execute(database, "DROP TABLE tags");
    assertThat(runs.story("--scratch", "none")).isEqualTo("inconsistent SG103(" + tags.id() + ")");
    var repair =
        runs.run(
            "repair",
            "--strategy",
            "missing",
            "--apply",
            "--yes",
            "--backup",
            "none",
            "--scratch",
            server.url("postgres"),
            "--allow",
            "not-atomic");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    requireDone(healthy);
    assertThat(runs.run("check").exitCode()).isZero();
  }

  @Test
  void theToolCannotRunWhileARepairDoes() throws IOException {
    migrated("node-pg-migrate");
    var settings =
        new RunSettings(
            Optional.empty(),
            Map.of(),
            false,
            Map.of(),
            List.of(),
            "DATABASE_URL",
            Duration.ofMinutes(1));
    var limits =
        new ChangeLimits(
            new LockTimeout(Duration.ofMillis(300)), new StatementTimeout(Duration.ofSeconds(30)));
    ChangeLauncher changer =
        SqlFileTools.all(Map.of()).stream()
            .flatMap(tool -> tool.detect(directory).stream())
            .findFirst()
            .orElseThrow()
            .changer(settings);
    try (ChangeSession session = changer.start(server.target(database), limits)) {
      session.connect();
      session.begin();
      assertThat(start("migrate").text()).contains("Another migration is already running");
      session.rollback();
    }
    run("migrate");
  }

  /** A verify script speaks for its change, as far as it only looks. */
  @Test
  void aVerifyScriptThatFailsIsEvidence() throws IOException {
    FlywayRuns runs = migrated("sqitch");
    Files.writeString(
        directory.resolve("verify/authors.sql"),
        "BEGIN;\nSELECT 1/count(*) FROM authors;\nROLLBACK;\n");
    Files.writeString(
        directory.resolve("verify/tags.sql"), "INSERT INTO tags VALUES (7, 'new');\n");
    Files.writeString(
        directory.resolve("verify/due.sql"), "DO $$ BEGIN DELETE FROM loans; END $$;\n");
    Files.writeString(
        directory.resolve("verify/books.sql"),
        "SET TRANSACTION READ WRITE; DO $$ BEGIN DELETE FROM loans; END $$;\n");
    server.execute(database, "ALTER TABLE fines DROP COLUMN cents");

    var diagnose = runs.run("diagnose", "--scratch", "none", "--output", "json");
    assertThat(diagnose.out())
        .contains("The project's own check of `fines` fails as well (`verify/fines.sql:1`: column")
        .contains(
            "The check of `authors` fails, although", "`verify/authors.sql:2`: division by zero")
        .doesNotContain(
            "verify/loans.sql", "verify/tags.sql", "verify/due.sql", "verify/books.sql");
    assertThat(diagnose.err())
        .contains("3 of the project's own checks were not run: `verify/tags.sql`: the statement");
    assertThat(runs.run("check").err()).doesNotContain("verify");
    assertThat(server.texts(database, "SELECT count(*)::text FROM tags")).containsExactly("0");
  }

  /** The script of an applied change differs from what Sqitch wrote down about it. */
  @ParameterizedTest
  @ValueSource(strings = "sqitch")
  void anEditedScriptIsTold(String tool) throws IOException {
    FlywayRuns runs = migrated(tool);
    Path script = directory.resolve("deploy/tags.sql");
    Files.writeString(script, Files.readString(script) + "-- nothing more\n");

    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("consistent SG114(tags)");
  }
}
