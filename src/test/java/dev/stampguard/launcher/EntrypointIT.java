package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.scenarios.BuiltScenario;
import dev.stampguard.scenarios.Scenario;
import dev.stampguard.scenarios.ScenarioBuilder;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker/entrypoint.sh} with the real program on a real database, without a container. */
class EntrypointIT {
  private static final Path SCRIPT = Path.of("docker/entrypoint.sh").toAbsolutePath();

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;
  private BuiltScenario built;

  @BeforeEach
  void build() {
    built = new ScenarioBuilder(server).build(Scenario.load("sg102-stamped"), directory);
    server.execute("postgres", "ALTER ROLE %s CREATEDB".formatted(built.scenario().role()));
  }

  @AfterEach
  void drop() {
    built.close();
  }

  private Program program() {
    return new Program(directory).with(built.environment()).withTools();
  }

  private static Shell.Result start(Program program) {
    return program.shell(
        "PATH=$(dirname \"$0\"):$PATH exec '%s' sh -c 'echo app of $1; exit 7' sh 'a b'"
            .formatted(SCRIPT));
  }

  @Test
  void aStartOnADatabaseThatIsNotWhatItSaysIsRefused() {
    Shell.Result refused = start(program());
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .startsWith("stampguard: inconsistent: ")
        .contains("stampguard-entrypoint: refused (exit code 3); the command was not started");
  }

  @Test
  void inModeWarnItStartsAllTheSame() {
    Shell.Result warned = start(program().with("STAMPGUARD_MODE", "warn"));
    assertThat(warned.exitCode()).as(warned.err()).isEqualTo(7);
    assertThat(warned.out()).isEqualTo("app of a b\n");
    assertThat(warned.err()).startsWith("stampguard: inconsistent: ").contains("WARNING");
  }

  @Test
  void inModeRepairTheDatabaseIsRepairedFirst() {
    Program program =
        program()
            .with("STAMPGUARD_MODE", "repair")
            .with("STAMPGUARD_REPAIR_STRATEGY", "restamp")
            .with("STAMPGUARD_REPAIR_OPTIONS", "--scratch " + server.url("postgres"))
            .with("STAMPGUARD_BACKUP_DIRECTORY", directory.resolve("kept").toString());
    Shell.Result repaired = start(program);
    assertThat(repaired.exitCode()).as(repaired.err()).isEqualTo(7);
    assertThat(repaired.out()).isEqualTo("app of a b\n");
    assertThat(repaired.err()).contains("repaired: ", "stampguard restore ");
    assertThat(directory.resolve("kept")).isNotEmptyDirectory();
    // The variables of the entrypoint disturb no other run in the same container.
    assertThat(program.run("check").exitCode()).isZero();
  }

  @Test
  void aDatabaseThatDoesNotComeUpInTimeIsRefused() {
    Shell.Result refused =
        start(
            program()
                .with("DATABASE_URL", "postgresql://nobody:hunter2@127.0.0.1:1/nothing")
                .with("STAMPGUARD_ENTRYPOINT_WAIT", "1s"));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(5);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("refused (exit code 5)").doesNotContain("hunter2");
  }
}
