package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stampguard says of databases of tools whose migrations are files of SQL. */
class SqlFilesScenarioTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;

  static List<SqlFilesScenario> scenarios() {
    return SqlFilesScenario.all();
  }

  private FlywayRuns build(SqlFilesScenario scenario) {
    String database = server.createDatabase();
    scenario.build(server, database, directory);
    return new FlywayRuns(server, database, directory);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scriptsAndReplayTell(SqlFilesScenario scenario) {
    FlywayRuns runs = build(scenario);
    String expected = scenario.story("expect.scripts");

    assertThat(runs.story("--scratch", "none")).isEqualTo(expected);
    if (scenario.isReplayed()) {
      assertThat(runs.story("--scratch", server.url("postgres")))
          .isEqualTo(scenario.story("expect.replay"));
    }
    var check = runs.run("check");
    boolean isHealthy = expected.startsWith("consistent") || expected.startsWith("behind");
    assertThat(check.exitCode()).as(check.err()).isEqualTo(isHealthy ? 0 : 3);
    assertThat(check.err()).doesNotContainPattern("recorded at (\\S+) but really at \\1 ");
    if (!scenario.words().isEmpty()) {
      String text = runs.run("diagnose", "--scratch", "none").out().replaceAll("\\s+", " ");
      assertThat(text).contains(scenario.words());
    }
  }

  static Stream<Arguments> repairs() {
    return SqlFilesScenario.all().stream()
        .flatMap(
            scenario ->
                scenario.repairs().stream().map(strategy -> Arguments.of(scenario, strategy)));
  }

  /** Whatever way is taken, the ledger is then as the tool itself would have left it. */
  @ParameterizedTest
  @MethodSource("repairs")
  void aRepairLeavesWhatTheToolWouldLeave(SqlFilesScenario scenario, String strategy) {
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
            "not-atomic");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();

    assertThat(scenario.ledger(server, runs.database())).isEqualTo(scenario.healthyLedger(server));
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
  }
}
