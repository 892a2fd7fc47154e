package dev.stampguard.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.repair.Strategy;
import dev.stampguard.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code docker/entrypoint.sh} does with each answer of a program that only plays stampguard.
 */
@Timeout(120)
class EntrypointTest {
  private static final Path SCRIPT = Path.of("docker/entrypoint.sh").toAbsolutePath();
  private static final List<String> APP = List.of("sh", "-c", "echo app \"$@\"; exit 7", "sh");

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void install() throws IOException {
    Path bin = directory.resolve("bin");
    Shell.tools(bin, List.of("sh", "sleep", "cat", "rm", "touch"));
    environment.put("PATH", bin.toString());
    environment.put("ANSWERS", directory.resolve("answers").toString());
    environment.put("CALLS", directory.resolve("calls").toString());
    // Ends as the file of this command says, and takes the file away, so that a second look may
    // find something else.
    Shell.script(
        bin.resolve("stampguard"),
        """
        #!/bin/sh
        printf '[%s] ' "$@" >>"$CALLS"; echo >>"$CALLS"
        echo "of stampguard on stdout"
        if [ -e "$ANSWERS.$1" ]; then
          code=$(cat "$ANSWERS.$1"); rm "$ANSWERS.$1"; exit "$code"
        fi
        """);
  }

  private void answer(String command, int exitCode) throws IOException {
    Files.writeString(directory.resolve("answers." + command), exitCode + "\n");
  }

  private EntrypointTest with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  private Shell.Result run(List<String> command) {
    var words = new ArrayList<>(List.of(SCRIPT.toString()));
    words.addAll(command);
    return Shell.run(directory, environment, words);
  }

  private Shell.Result runApp(String... arguments) {
    var command = new ArrayList<>(APP);
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private List<String> calls() throws IOException {
    Path calls = directory.resolve("calls");
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream().map(String::strip).toList()
        : List.of();
  }

  @Test
  void aHealthyDatabaseLetsTheCommandStartAndItsExitCodePass() throws IOException {
    assertThat(runApp("a b", "*", "--wait"))
        .isEqualTo(new Shell.Result(7, "app a b * --wait\n", "of stampguard on stdout\n"));
    assertThat(calls()).containsExactly("[check] [--wait] [60s]");
  }

  @Test
  void projectAndDeadlineCanBeSaid() throws IOException {
    with("STAMPGUARD_ENTRYPOINT_WAIT", "2m").with("STAMPGUARD_ENTRYPOINT_PROJECT", "/my project");
    runApp();
    assertThat(calls()).containsExactly("[check] [--wait] [2m] [--project] [/my project]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 130})
  void everythingElseIsRefusedWithItsOwnExitCode(int exitCode) throws IOException {
    answer("check", exitCode);
    Shell.Result refused = runApp();
    assertThat(refused.exitCode()).isEqualTo(exitCode);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains(
            "refused (exit code %d); the command was not started\n\nhint: ".formatted(exitCode));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void inModeWarnTheCommandStartsWhateverIsFound(int exitCode) throws IOException {
    answer("check", exitCode);
    Shell.Result warned = with("STAMPGUARD_MODE", "warn").runApp();
    assertThat(warned.exitCode()).isEqualTo(7);
    assertThat(warned.out()).isEqualTo("app\n");
    assertThat(warned.err()).contains("WARNING: the check ended with %d".formatted(exitCode));
  }

  @Test
  void aMissingProgramIsSaid() throws IOException {
    Files.delete(directory.resolve("bin/stampguard"));
    Shell.Result refused = runApp();
    assertThat(refused.exitCode()).isEqualTo(127);
    assertThat(refused.err()).contains("`stampguard` is not on the PATH", "hint: ");
    assertThat(with("STAMPGUARD_MODE", "warn").runApp().exitCode()).isEqualTo(7);
  }

  @Test
  void inModeRepairItRepairsLooksAgainAndStarts() throws IOException {
    repairing();
    answer("check", 3);
    Shell.Result repaired =
        with("STAMPGUARD_REPAIR_ALLOW", "not-atomic,no-rehearsal")
            .with("STAMPGUARD_REPAIR_OPTIONS", "--backup schema  --run *")
            .runApp();
    assertThat(repaired.exitCode()).as(repaired.err()).isEqualTo(7);
    assertThat(repaired.out()).isEqualTo("app\n");
    assertThat(calls())
        .containsExactly(
            "[check] [--wait] [60s]",
            "[repair] [--apply] [--yes] [--strategy] [restamp] [--wait] [60s] [--allow]"
                + " [not-atomic,no-rehearsal] [--backup] [schema] [--run] [*]",
            "[check] [--wait] [60s]");
  }

  /** Hazards are allowed by name or not at all. */
  @Test
  void aRepairThatIsRefusedStopsTheStart() throws IOException {
    repairing();
    answer("check", 3);
    answer("repair", 4);
    Shell.Result refused = runApp();
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("not repaired (exit code 4)", "`STAMPGUARD_REPAIR_ALLOW`");
    assertThat(calls()).hasSize(2).allSatisfy(call -> assertThat(call).doesNotContain("--allow"));
  }

  @Test
  void aRepairThatLeavesSomethingStopsTheStart() throws IOException {
    repairing();
    answer("check", 3);
    Shell.script(
        directory.resolve("bin/stampguard"), "#!/bin/sh\nif [ \"$1\" = check ]; then exit 3; fi\n");
    Shell.Result refused = runApp();
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5})
  void whatIsNoFindingIsNotRepaired(int exitCode) throws IOException {
    repairing();
    answer("check", exitCode);
    assertThat(runApp().exitCode()).isEqualTo(exitCode);
    assertThat(calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STAMPGUARD_MODE=refuze | `STAMPGUARD_MODE` cannot be `refuze`",
        "STAMPGUARD_MODE=repair | needs a strategy in `STAMPGUARD_REPAIR_STRATEGY`",
        "STAMPGUARD_MODE=repair STAMPGUARD_REPAIR_STRATEGY=drop | cannot be `drop`",
        "STAMPGUARD_MODE=repair STAMPGUARD_REPAIR_STRATEGY=graft | would be lost with this container",
      })
  void aMistakeIsSaidBeforeThereIsAnythingToRepair(String variables, String message)
      throws IOException {
    for (String variable : variables.split(" ")) {
      with(variable.split("=")[0], variable.split("=")[1]);
    }
    Shell.Result refused = runApp();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(message, "\n\nhint: ");
    assertThat(calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void everyStrategyIsKnown(Strategy strategy) throws IOException {
    with("STAMPGUARD_MODE", "repair")
        .with("STAMPGUARD_REPAIR_STRATEGY", strategy.name().toLowerCase(Locale.ROOT))
        .with("STAMPGUARD_REPAIR_OPTIONS", "--backup=none");
    assertThat(runApp().exitCode()).isEqualTo(7);
  }

  /** As an init container wants it. */
  @Test
  void withoutACommandTheAnswerIsAllThereIs() throws IOException {
    assertThat(run(List.of()).exitCode()).isZero();
    answer("check", 3);
    assertThat(run(List.of()).exitCode()).isEqualTo(3);
    answer("check", 3);
    assertThat(with("STAMPGUARD_MODE", "warn").run(List.of()).exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"check, TERM, 143", "check, INT, 130", "repair, TERM, 143"})
  void aSignalEndsWhatIsRunningAndNothingStarts(String command, String signal, int exitCode)
      throws Exception {
    repairing();
    answer("check", 3);
    Shell.script(
        directory.resolve("bin/stampguard"),
        """
        #!/bin/sh
        if [ "$1" != %s ]; then exit 3; fi
        trap 'sleep 0.3; touch ended; exit 6' TERM
        touch running
        while true; do sleep 0.1; done
        """
            .formatted(command));
    Process process = start(APP);
    assertThat(Eventually.within(() -> Files.exists(directory.resolve("running")))).isTrue();
    kill(process, signal);
    assertThat(process.waitFor()).isEqualTo(exitCode);
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .doesNotContain("app")
        .contains("told to stop; the command was not started");
    // It waited for the end of what it had started.
    assertThat(directory.resolve("ended")).exists();
  }

  @Test
  void theCommandTakesTheScriptsPlaceAndGetsItsSignals() throws Exception {
    Process process =
        start(
            List.of(
                "sh", "-c", "trap 'exit 9' TERM; echo $$ >pid; while true; do sleep 0.1; done"));
    Path pid = directory.resolve("pid");
    assertThat(Eventually.within(() -> Files.exists(pid) && pid.toFile().length() > 0)).isTrue();
    assertThat(Files.readString(pid).strip()).isEqualTo("" + process.pid());
    kill(process, "TERM");
    assertThat(process.waitFor()).isEqualTo(9);
  }

  @Test
  void theCommandGetsStandardInput() throws Exception {
    Process process = start(List.of("cat"));
    try (var in = process.outputWriter()) {
      in.write("for the application\n");
    }
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .endsWith("for the application\n");
    assertThat(process.waitFor()).isZero();
  }

  private void repairing() {
    with("STAMPGUARD_MODE", "repair")
        .with("STAMPGUARD_REPAIR_STRATEGY", "restamp")
        .with("STAMPGUARD_BACKUP_DIRECTORY", "/backups");
  }

  private Process start(List<String> command) throws IOException {
    var words = new ArrayList<String>();
    if (System.getProperty("os.name").equals("Linux")) {
      // Whoever started this JVM in the background made it, and so its children, deaf to SIGINT.
      words.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
    }
    words.add(SCRIPT.toString());
    words.addAll(command);
    var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static void kill(Process process, String signal) throws Exception {
    assertThat(new ProcessBuilder("kill", "-s", signal, "" + process.pid()).start().waitFor())
        .isZero();
  }
}
