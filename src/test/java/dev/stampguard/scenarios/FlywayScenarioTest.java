package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stampguard says of databases that Flyway's own engine made. */
class FlywayScenarioTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;

  static List<FlywayScenario> scenarios() {
    return FlywayScenario.all();
  }

  private FlywayRuns build(FlywayScenario scenario) {
    String database = server.createDatabase();
    scenario.build(server, database, directory);
    return new FlywayRuns(server, database, directory);
  }

  @Tag("postgres") // What comes after does not depend on the server's version.
  @ParameterizedTest
  @MethodSource("scenarios")
  void theScriptsTell(FlywayScenario scenario) {
    FlywayRuns runs = build(scenario);
    String expected = scenario.value("expect.scripts").orElseThrow();

    var check = runs.run("check");
    assertThat(runs.story("--scratch", "none")).as(check.err()).isEqualTo(expected);
    boolean isHealthy = expected.startsWith("consistent") || expected.startsWith("behind");
    assertThat(check.exitCode()).as(check.err()).isEqualTo(isHealthy ? 0 : 3);
    assertThat(check.out()).isEmpty();
    assertThat(check.err().lines().count()).isEqualTo(isHealthy ? 0 : 1);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aReplayTells(FlywayScenario scenario) {
    FlywayRuns runs = build(scenario);

    assertThat(runs.story("--scratch", server.url("postgres")))
        .isEqualTo(scenario.value("expect.replay").orElseThrow());
  }

  static Stream<Arguments> repairs() {
    return FlywayScenario.all().stream()
        .flatMap(
            scenario ->
                scenario.repairs().stream().map(strategy -> Arguments.of(scenario, strategy)));
  }

  /** Whatever way is taken, Flyway itself then finds nothing wrong and nothing to do. */
  @ParameterizedTest
  @MethodSource("repairs")
  void aRepairSatisfiesFlyway(FlywayScenario scenario, String strategy) {
    FlywayRuns runs = build(scenario);
    // A migration that is only pending is for Flyway to run.
    boolean isAll = scenario.value("target").isEmpty() || strategy.equals("recreate");

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
            "takes-access-exclusive-lock",
            "--allow",
            "rewrites-table",
            "--allow",
            "forgets-unknown-revision",
            "--allow",
            "replaces-database",
            "--allow",
            "not-atomic",
            "--allow",
            "undecidable-data-migration");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();

    if (isAll) {
      scenario.requireDone(server, runs.database(), directory);
    } else {
      scenario.engine(server, runs.database(), directory).load().migrate();
      scenario.requireDone(server, runs.database(), directory);
    }
    // What a script made that is gone is nobody's now.
    assertThat(runs.story("--scratch", server.url("postgres")))
        .isIn("consistent", "consistent SG112()");
  }
}
