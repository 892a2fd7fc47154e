package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stampguard must say of every scenario, whatever it has to go by; a subclass says how it is
 * run. A scenario is built once: stampguard only looks.
 */
@ParameterizedClass
@MethodSource("scenarios")
abstract class ScenarioContract {
  @TempDir private static Path directory;
  private static BuiltScenario built;

  @Parameter Scenario scenario;

  /** The way to run stampguard that this test is for. */
  abstract StampguardRun stampguard();

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @BeforeParameterizedClassInvocation
  static void build(Scenario scenario) throws IOException {
    Path project = Files.createDirectory(directory.resolve(scenario.name()));
    built = new ScenarioBuilder(PostgresServer.shared()).build(scenario, project);
  }

  @AfterParameterizedClassInvocation
  static void drop() {
    built.close();
  }

  @Test
  void byTheScriptsAsTheyRead() {
    LockFiles.remove(built.project());
    Expected expected = scenario.expected().get(Knowledge.SCRIPTS);
    checkAnswersByItsExitCode(expected);
    diagnoseTellsTheStory(expected, built.environment(), "--scratch", "none");
  }

  @Test
  void byALockFile() {
    LockFiles.write(scenario, built.server(), built.project());
    Expected expected = scenario.expected().get(Knowledge.LOCK);
    checkAnswersByItsExitCode(expected);
    diagnoseTellsTheStory(expected, built.environment(), "--scratch", "none");
  }

  @Test
  void byAReplay() {
    if (scenario.locked().isPresent()) {
      LockFiles.write(scenario, built.server(), built.project());
    } else {
      LockFiles.remove(built.project());
    }
    var environment = new HashMap<>(ReplayEnvironment.variables());
    environment.putAll(built.environment());
    diagnoseTellsTheStory(
        scenario.expected().get(Knowledge.REPLAY),
        environment,
        "--scratch",
        built.server().url("postgres"));
  }

  private void checkAnswersByItsExitCode(Expected expected) {
    var check = stampguard().run(built.project(), built.environment(), "check");

    assertThat(check.exitCode()).as(check.err()).isEqualTo(expected.exitCode());
    assertThat(check.out()).isEmpty();
    assertThat(check.err().lines().count()).isEqualTo(expected.exitCode() == 0 ? 0 : 1);
  }

  private void diagnoseTellsTheStory(
      Expected expected, Map<String, String> environment, String... options) {
    String[] command =
        Stream.concat(Stream.of("diagnose", "--output", "json"), Stream.of(options))
            .toArray(String[]::new);
    var diagnose = stampguard().run(built.project(), environment, command);

    assertThat(diagnose.out()).as(diagnose.err()).startsWith("{");
    var story = new Story(diagnose.exitCode(), Json.parse(diagnose.out()));
    assertThat(story.lines(expected)).as(story.details()).isEqualTo(expected.lines());
  }
}
