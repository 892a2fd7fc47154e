package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stampguard says of databases that Django itself made. */
class DjangoScenarioTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static String migrated;

  @TempDir private Path directory;

  @TempDir private static Path library;
  private static String lock;

  @BeforeAll
  static void migrate() {
    migrated = SERVER.createDatabase();
    DjangoScenario.copyLibrary(library);
    DjangoScenario.manage(SERVER, migrated, library, "migrate");
  }

  /** Runs words of Flyway's tests, which know nothing of Flyway. */
  private FlywayRuns build(DjangoScenario scenario) {
    String database = SERVER.createDatabase();
    scenario.build(SERVER, migrated, database, directory);
    return new FlywayRuns(SERVER, database, directory);
  }

  static List<DjangoScenario> scenarios() {
    return DjangoScenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theScriptsTell(DjangoScenario scenario) {
    FlywayRuns runs = build(scenario);
    String expected = scenario.value("expect.scripts").orElseThrow();

    var check = runs.run("check");
    assertThat(runs.story("--scratch", "none"))
        .as(() -> runs.run("diagnose", "--scratch", "none").out())
        .isEqualTo(expected);
    boolean isHealthy = expected.startsWith("consistent") || expected.startsWith("behind");
    assertThat(check.exitCode()).as(check.err()).isEqualTo(isHealthy ? 0 : 3);
  }

  static List<DjangoScenario> replayed() {
    return DjangoScenario.all().stream()
        .filter(scenario -> scenario.value("expect.replay").isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("replayed")
  void aReplayTells(DjangoScenario scenario) {
    FlywayRuns runs = build(scenario);

    assertThat(runs.story("--scratch", SERVER.url("postgres"), "--driver-env", "project"))
        .isEqualTo(scenario.value("expect.replay").orElseThrow());
  }

  static List<DjangoScenario> locked() {
    return DjangoScenario.all().stream()
        .filter(scenario -> scenario.value("expect.lock").isPresent())
        .toList();
  }

  /** Without Django, and without a script being read: made of the library as it was. */
  @ParameterizedTest
  @MethodSource("locked")
  void theLockFileTells(DjangoScenario scenario) throws IOException {
    FlywayRuns runs = build(scenario);
    Files.writeString(directory.resolve("stampguard.lock"), lock());
    String expected = scenario.value("expect.lock").orElseThrow();

    var check = runs.run("check");
    assertThat(check.err()).doesNotContain("stampguard.lock");
    assertThat(check.exitCode()).as(check.err()).isEqualTo(expected.equals("consistent") ? 0 : 3);
    assertThat(runs.story("--scratch", "none")).isEqualTo(expected);
    assertThat(runs.run("diagnose", "--scratch", "none", "--output", "json").out())
        .contains("\"source\": \"lock\"");
  }

  private static synchronized String lock() throws IOException {
    if (lock == null) {
      var snapshot =
          new FlywayRuns(SERVER, migrated, library)
              .run("snapshot", "--scratch", SERVER.url("postgres"), "--driver-env", "project");
      assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
      lock = Files.readString(library.resolve("stampguard.lock"));
    }
    return lock;
  }

  static Stream<Arguments> repairs() {
    return DjangoScenario.all().stream()
        .flatMap(
            scenario ->
                scenario.repairs().stream().map(strategy -> Arguments.of(scenario, strategy)));
  }

  /** Whatever way is taken, Django itself then finds nothing to do. */
  @ParameterizedTest
  @MethodSource("repairs")
  void aRepairSatisfiesDjango(DjangoScenario scenario, String strategy) {
    FlywayRuns runs = build(scenario);

    var words =
        new ArrayList<>(
            List.of("repair", "--apply", "--yes", "--backup", "none", "--driver-env", "project"));
    words.addAll(List.of("--scratch", SERVER.url("postgres")));
    if (!strategy.equals("recommended")) {
      words.addAll(List.of("--strategy", strategy));
    }
    for (String hazard :
        List.of(
            "runs-project-code",
            "takes-access-exclusive-lock",
            "replaces-database",
            "not-atomic",
            "forgets-unknown-revision",
            "undecidable-data-migration")) {
      words.addAll(List.of("--allow", hazard));
    }
    var repair = runs.run(words.toArray(String[]::new));
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();

    DjangoScenario.manage(SERVER, runs.database(), directory, "migrate", "--check");
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
  }

  /** Where Django is not installed it is not known what its own migrations do, but to a lock. */
  @Test
  void aLockKnowsAppsThatAreNotFound() throws IOException {
    FlywayRuns runs = build(DjangoScenario.load("healthy"));
    var snapshot =
        runs.run("snapshot", "--scratch", SERVER.url("postgres"), "--driver-env", "project");
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    assertThat(Files.readString(directory.resolve("stampguard.lock")))
        .contains("django/contrib/auth/migrations/0001_initial.py")
        .doesNotContain("dist-packages");
    var check = runs.run("check", "-v");
    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.err()).doesNotContain("not judged", "stampguard.lock");
    assertThat(Json.parse(runs.run("diagnose", "--output", "json").out()).objects("revisions"))
        .hasSize(21)
        .allSatisfy(revision -> assertThat(revision.string("state")).isIn("applied", "assumed"));
    Path elsewhere =
        Files.createDirectories(directory.resolve(".venv/lib/python3.11/site-packages/django"));
    Files.createFile(elsewhere.resolve("__init__.py"));

    check = runs.run("check", "-v");
    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.err()).doesNotContain("not judged", "stampguard.lock");
    assertThat(runs.run("check", "--offline")).isEqualTo(new InProcess.Result(0, "", ""));
    SERVER.execute(runs.database(), "DROP TABLE auth_user_groups");
    assertThat(runs.story("--scratch", "none")).isEqualTo("inconsistent SG104(auth.0001_initial)");

    Files.delete(directory.resolve("stampguard.lock"));
    assertThat(runs.run("check", "-v").err())
        .contains("not judged")
        .contains("`django.contrib.auth`, `django.contrib.contenttypes`");
  }

  /** Django would start no more with what could be written. */
  @Test
  void noRowIsWrittenWithoutWhatItNeeds() {
    FlywayRuns runs = build(DjangoScenario.load("sg109-contrib-not-found"));
    SERVER.execute(runs.database(), "TRUNCATE django_migrations");

    assertThat(runs.story("--scratch", "none")).startsWith("inconsistent SG119(");
    var repair = runs.run("repair", "--strategy", "restamp", "--scratch", "none");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isEqualTo(4);
    assertThat(repair.err())
        .contains("`lending.0001_initial` cannot be recorded: it needs `auth.__first__`")
        .contains("hint: ");
  }
}
