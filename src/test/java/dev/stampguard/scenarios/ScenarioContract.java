package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stampguard must say of every scenario; a subclass says how it is run. */
abstract class ScenarioContract {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;

  /** The way to run stampguard that this test is for. */
  abstract StampguardRun stampguard();

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void saysWhatIsExpected(Scenario scenario) {
    try (var built = new ScenarioBuilder(server).build(scenario, directory)) {
      checkAnswersByItsExitCode(built, scenario.expected());
      diagnoseTellsTheStory(built, scenario.expected());
    }
  }

  private void checkAnswersByItsExitCode(BuiltScenario built, Scenario.Expected expected) {
    var check = stampguard().run(built.project(), built.environment(), "check");

    assertThat(check.exitCode()).as(check.err()).isEqualTo(expected.exitCode());
    assertThat(check.out()).isEmpty();
    assertThat(check.err().lines().count()).isEqualTo(expected.exitCode() == 0 ? 0 : 1);
  }

  private void diagnoseTellsTheStory(BuiltScenario built, Scenario.Expected expected) {
    var diagnose =
        stampguard().run(built.project(), built.environment(), "diagnose", "--output", "json");

    assertThat(diagnose.exitCode()).as(diagnose.err()).isEqualTo(expected.exitCode());
    Json json = Json.parse(diagnose.out());
    assertThat(json.string("verdict")).isEqualTo(expected.verdict().label());
    assertThat(json.objects("findings"))
        .extracting(finding -> FindingCode.valueOf(finding.string("code")))
        .containsExactlyInAnyOrderElementsOf(expected.codes());
    Optional<Json> state = json.object("true_state");
    assertThat(state.map(ends -> ends.strings("lower"))).isEqualTo(expected.lower());
    assertThat(state.map(ends -> ends.strings("upper"))).isEqualTo(expected.upper());
  }
}
