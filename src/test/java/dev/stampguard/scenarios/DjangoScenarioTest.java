package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stampguard says of databases that Django itself made. */
class DjangoScenarioTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static String migrated;

  @TempDir private Path directory;

  @BeforeAll
  static void migrate(@TempDir Path library) {
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
            SERVER.url("postgres"),
            "--driver-env",
            "project",
            "--allow",
            "runs-project-code",
            "--allow",
            "takes-access-exclusive-lock",
            "--allow",
            "replaces-database",
            "--allow",
            "not-atomic",
            "--allow",
            "undecidable-data-migration");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();

    DjangoScenario.manage(SERVER, runs.database(), directory, "migrate", "--check");
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
  }
}
