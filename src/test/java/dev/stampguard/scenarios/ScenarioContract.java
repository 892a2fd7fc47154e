package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stampguard must say of every scenario, whatever it has to go by; a subclass says how it is
 * run. A scenario is built once: stampguard only looks.
 */
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
      assertAll(
          scenario.name(),
          () -> saysWhatTheScriptsTell(built),
          () -> saysWhatALockFileTells(built),
          () -> saysWhatAReplayTells(built));
    }
  }

  private void saysWhatTheScriptsTell(BuiltScenario built) {
    LockFiles.remove(built.project());
    checkAnswersByItsExitCode(built, Knowledge.SCRIPTS);
    diagnoseTellsTheStory(built, Knowledge.SCRIPTS, built.environment(), "--scratch", "none");
  }

  private void saysWhatALockFileTells(BuiltScenario built) {
    LockFiles.write(built.scenario(), server, built.project());
    checkAnswersByItsExitCode(built, Knowledge.LOCK);
    diagnoseTellsTheStory(built, Knowledge.LOCK, built.environment(), "--scratch", "none");
  }

  private void saysWhatAReplayTells(BuiltScenario built) {
    if (built.scenario().locked().isPresent()) {
      LockFiles.write(built.scenario(), server, built.project());
    } else {
      LockFiles.remove(built.project());
    }
    var environment = new HashMap<>(ReplayEnvironment.variables());
    environment.putAll(built.environment());
    diagnoseTellsTheStory(
        built, Knowledge.REPLAY, environment, "--scratch", server.url("postgres"));
  }

  private void checkAnswersByItsExitCode(BuiltScenario built, Knowledge knowledge) {
    Expected expected = built.scenario().expected().get(knowledge);
    var check = stampguard().run(built.project(), built.environment(), "check");

    assertThat(check.exitCode())
        .as("%s: %s", knowledge, check.err())
        .isEqualTo(expected.exitCode());
    assertThat(check.out()).isEmpty();
    assertThat(check.err().lines().count()).isEqualTo(expected.exitCode() == 0 ? 0 : 1);
  }

  private void diagnoseTellsTheStory(
      BuiltScenario built,
      Knowledge knowledge,
      Map<String, String> environment,
      String... options) {
    Expected expected = built.scenario().expected().get(knowledge);
    String[] command =
        Stream.concat(Stream.of("diagnose", "--output", "json"), Stream.of(options))
            .toArray(String[]::new);
    var diagnose = stampguard().run(built.project(), environment, command);

    assertThat(diagnose.out()).as(diagnose.err()).startsWith("{");
    var story = new Story(diagnose.exitCode(), Json.parse(diagnose.out()));
    assertThat(story.lines(expected))
        .as("%s: %s", knowledge, story.details())
        .isEqualTo(expected.lines());
  }
}
