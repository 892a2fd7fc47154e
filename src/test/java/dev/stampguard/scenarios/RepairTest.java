package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repairs scenarios by every strategy that applies, with rows in their tables. */
@Tag("postgres")
class RepairTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "incident, restamp, ''",
    "incident, missing, ''",
    "sg101-drop-all, restamp, ''",
    "sg102-alter-only, restamp, --run 1f6c8e37d0b4",
    "sg102-alter-only, restamp, --assume-applied 1f6c8e37d0b4",
    "sg103-hole, missing, ''",
    "sg103-branch, missing, ''",
    "sg107-ledger-set-back, restamp, ''",
    "sg119-empty-ledger, restamp, ''",
    "sg119-no-ledger, restamp, ''",
    "incident, graft, --assume-applied 0c8b7e5a2f36",
    "sg104-partial, graft, ''",
    "sg104-partition-lost, graft, ''",
    "sg104-routines-lost, graft, ''",
    "sg106-models, graft, ''",
    "sg103-hole, graft, ''",
    "sg103-dependency, graft, ''",
    "sg105-altered, graft, --redefine",
    "incident, switch, ''",
  })
  void endsTheFindings(String name, String strategy, String decision) {
    try (var built = new ScenarioBuilder(server).build(Scenario.load(name), directory)) {
      server.execute("postgres", "ALTER ROLE %s CREATEDB".formatted(built.scenario().role()));
      if (name.equals("incident")) {
        // Its migrations point them at users that are not there yet.
        server.execute(
            built.scenario().database(),
            "DELETE FROM masterplans; DELETE FROM discovery_documents");
      }
      var planning = new ArrayList<>(List.of("repair", "--strategy", strategy));
      if (!decision.isEmpty()) {
        planning.addAll(List.of(decision.split(" ")));
      }
      Json plan = json(built, 0, planning.toArray(String[]::new)).object("plan").orElseThrow();
      assertThat(plan.objects("steps")).as("steps").isNotEmpty();
      assertThat(plan.strings("undecided")).as("undecided").isEmpty();

      var words = new ArrayList<>(planning);
      words.addAll(List.of("--apply", "--yes", "--backup", "none"));
      plan.strings("hazards").forEach(hazard -> words.addAll(List.of("--allow", hazard)));
      Json done = json(built, 0, words.toArray(String[]::new));
      assertThat(done.object("result").orElseThrow().string("verdict"))
          .isIn("consistent", "behind");

      assertThat(run(built, "check").exitCode()).as("check").isZero();
      Json second = json(built, 0, "repair").object("plan").orElseThrow();
      assertThat(second.objects("steps")).as("a second plan").isEmpty();
    }
  }

  private Json json(BuiltScenario built, int exitCode, String... command) {
    var words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--output", "json", "--scratch", server.url("postgres")));
    InProcess.Result result = run(built, words.toArray(String[]::new));
    assertThat(result.exitCode())
        .as("%s: %s%s", String.join(" ", words), result.out(), result.err())
        .isEqualTo(exitCode);
    return Json.parse(result.out());
  }

  private InProcess.Result run(BuiltScenario built, String... command) {
    Map<String, String> environment = new HashMap<>(ReplayEnvironment.variables());
    environment.merge(
        "PATH",
        PostgresClient.forServer(Integer.getInteger("stampguard.postgres.major", 18))
            .directory()
            .toString(),
        (path, client) -> client + File.pathSeparator + path);
    environment.putAll(built.environment());
    return InProcess.run(built.project(), environment, command);
  }
}
