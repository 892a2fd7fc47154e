package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stampguard says of databases that Flyway's own engine made. */
@Tag("postgres")
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
}
