package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampguard.scenarios.BuiltScenario;
import dev.stampguard.scenarios.Scenario;
import dev.stampguard.scenarios.ScenarioBuilder;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command, in every format, on the incident; and what changes something, to its undo. */
class CommandsIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;
  private BuiltScenario built;

  @BeforeEach
  void build() {
    built = scenario("incident");
  }

  @AfterEach
  void drop() {
    built.close();
  }

  private BuiltScenario scenario(String name) {
    BuiltScenario scenario = new ScenarioBuilder(server).build(Scenario.load(name), directory);
    server.execute("postgres", "ALTER ROLE %s CREATEDB".formatted(scenario.scenario().role()));
    return scenario;
  }

  @ParameterizedTest
  @CsvSource({
    "check, 3",
    "diagnose --scratch none, 3",
    "compare devmatrix devmatrix_test, 3",
    "compare target devmatrix, 0",
    "history, 0",
    "history --graph, 0",
    "history --offline, 0",
    "target, 0",
    "repair --strategy switch, 0",
    "backup list, 0",
    "check --fail-on warning, 3",
  })
  void looksInEveryFormat(String words, int exitCode) throws IOException {
    Shell.Result text = run(words);
    assertThat(text.exitCode()).as(text.err()).isEqualTo(exitCode);
    if (words.startsWith("check")) {
      assertThat(text.out()).isEmpty();
      assertThat(text.err()).startsWith("stampguard: inconsistent: `devmatrix` is recorded at");
    } else {
      assertThat(text.out()).isNotEmpty();
    }
    if (!words.contains("--graph")) {
      JsonNode document = json(exitCode, words);
      assertThat(words).startsWith(document.get("command").asText());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "check, github, ::error",
    "check, sarif, {",
    "check, junit, <?xml",
    "diagnose --scratch none, github, ::error",
    "diagnose --scratch none, sarif, {",
    "diagnose --scratch none, junit, <?xml",
    "diagnose --scratch none, html, <!doctype html>",
    "history, mermaid, flowchart",
    "history, dot, digraph",
  })
  void printsForOtherPrograms(String words, String format, String beginning) {
    Shell.Result result = run(words + " --output " + format);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(words.equals("history") ? 0 : 3);
    assertThat(result.out()).startsWithIgnoringCase(beginning).contains("66518741fa75");
  }

  /** Of an application of whatever framework: it may be ours, too. */
  @Test
  void theSettingsOfAnApplicationAreNotOurs() throws IOException {
    Path settings = Files.createDirectories(directory.resolve("config"));
    Files.writeString(settings.resolve("application.properties"), "quarkus.log.level=${NOPE}\n");
    Files.writeString(settings.resolve("application.rb"), "Rails.application\n");
    Files.writeString(
        directory.resolve(".env"), "QUARKUS_LOG_LEVEL=DEBUG\n", StandardOpenOption.APPEND);
    Shell.Result list = run("backup list");
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.err()).doesNotContain("WARN", "DEBUG", "onfiguration");
    // Each of these alone was warned of, ended the run, or made it write a file.
    Map<String, String> variables =
        Map.of(
            "QUARKUS_DATASOURCE_DB_KIND", "postgresql",
            "QUARKUS_DATASOURCE_JDBC", "true",
            "QUARKUS_LOG_CONSOLE_LEVEL", "nonsense",
            "QUARKUS_LOG_CONSOLE_FORMAT", "${NOPE}",
            "QUARKUS_LOG_FILE_ENABLE", "true",
            "QUARKUS_FLYWAY_CONNECT_RETRIES", "many",
            "QUARKUS_PROFILE", "dev");
    assertThat(run("backup list", variables)).isEqualTo(list);
    assertThat(directory.resolve("quarkus.log")).doesNotExist();
  }

  @Test
  void fleetIsCheckedInOneRun() {
    Shell.Result fleet = run("check --databases devmatrix*");
    assertThat(fleet.exitCode()).as(fleet.err()).isEqualTo(3);
    assertThat(fleet.out() + fleet.err()).contains("devmatrix_test", "inconsistent");
  }

  @Test
  void commandIsRunBetweenTwoLooks() {
    Shell.Result hollow = run("exec -- echo done");
    assertThat(hollow.exitCode()).isEqualTo(3);
    assertThat(hollow.out()).isEqualTo("done\n");
    assertThat(hollow.err()).startsWith("stampguard: `echo done` said it succeeded, but ");
    assertThat(run("exec -- ls --no-such-option").exitCode()).isEqualTo(2);
    String words = "-Xmx1g -XX:+UseSerialGC -Dname=value -Dgraal.name=value";
    assertThat(run("exec -- echo " + words).out()).isEqualTo(words + "\n");
  }

  @Test
  void outputGoesToAFileWholeOrNotAtAll() throws IOException {
    Shell.Result result = run("diagnose --scratch none --output json -o story.json");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(DocumentSchema.violations(Files.readString(directory.resolve("story.json"))))
        .isEmpty();
    Shell.Result refused = run("target -o no/such/directory");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("\n\nhint: ");
  }

  @Test
  void targetIsSwitchedAndSwitchedBack() throws IOException {
    Path env = directory.resolve(".env");
    String before = Files.readString(env);
    JsonNode switched = json(0, "target use devmatrix_test");
    assertThat(switched.at("/target/database").asText()).isEqualTo("devmatrix_test");
    assertThat(env).content().isEqualTo(before.replace("/devmatrix\n", "/devmatrix_test\n"));
    assertThat(run("check").exitCode()).isZero();
    assertThat(run("target use devmatrix --allow-unhealthy").exitCode()).isZero();
    assertThat(env).content().isEqualTo(before);
  }

  /** The Python driver is a resource, and talks to the program through pipes. */
  @Test
  void replayTellsWhatTheScriptsLeave() throws IOException {
    JsonNode story = json(3, "diagnose --scratch " + server.url("postgres"));
    assertThat(story.at("/expectation/source").asText()).isEqualTo("replay");
    assertThat(story.at("/true_state/upper/0").asText()).isEqualTo("bcacf97a17b8");
    JsonNode snapshot = json(0, "snapshot --scratch " + server.url("postgres"));
    assertThat(snapshot.get("revisions").asInt()).isEqualTo(13);
    assertThat(json(0, "snapshot --check").get("changed").asBoolean()).isFalse();
    assertThat(json(3, "check").at("/expectation/source").asText()).isEqualTo("lock");
  }

  /** The scripts that start a server of its own are resources too. */
  @Test
  void replayRunsOnAThrowAwayServer() throws IOException {
    JsonNode story = json(3, "diagnose --scratch auto");
    assertThat(story.at("/expectation/source").asText()).isEqualTo("replay");
  }

  @Test
  void repairIsPlannedAppliedAndUndone() throws IOException {
    built.close();
    built = scenario("sg103-hole");
    String scratch = " --scratch " + server.url("postgres");
    assertThat(run("repair" + scratch).out())
        .contains(
            "1 step in 1 transaction", "hint:", "`stampguard repair --apply --strategy missing");
    assertThat(run("repair --save plan.json" + scratch).exitCode()).isZero();
    assertThat(run("repair --apply plan.json" + scratch).exitCode()).isEqualTo(4);

    JsonNode done = json(0, "repair --apply plan.json --yes" + scratch);
    assertThat(done.at("/result/verdict").asText()).isEqualTo("behind");
    assertThat(run("check").exitCode()).isZero();
    String undo = done.at("/result/undo").asText();
    assertThat(undo).startsWith("stampguard restore ");
    Shell.Result undone = run(undo.substring("stampguard ".length()));
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(run("check").exitCode()).isEqualTo(3);
  }

  @Test
  void backupIsMadeListedProvenRestoredAndPruned() throws IOException {
    JsonNode made = json(0, "backup create");
    String id = made.at("/backup/id").asText();
    assertThat(made.at("/backup/database").asText()).isEqualTo("devmatrix");
    assertThat(run("backup list").out()).startsWith(id);
    assertThat(json(0, "backup verify " + id + " --scratch server").get("verified").asBoolean())
        .isTrue();
    server.execute("devmatrix", "DELETE FROM masterplans");
    assertThat(run("restore " + id).exitCode()).isEqualTo(4);
    JsonNode restored = json(0, "restore " + id + " --discard-newer-data");
    String kept = restored.get("kept").asText();
    assertThat(kept).startsWith("devmatrix_before_");
    server.execute("postgres", "DROP DATABASE \"%s\" WITH (FORCE)".formatted(kept));
    Shell.Result pruned = run("backup prune --keep 0");
    assertThat(pruned.exitCode()).as(pruned.err()).isZero();
    assertThat(json(0, "backup list").get("backups")).isEmpty();
  }

  @Test
  void whatCannotBeReachedIsExitCodeFive() throws IOException {
    String nobody = "postgresql://nobody:sesame@localhost:1/none";
    Shell.Result text = run("check --url " + nobody);
    assertThat(text.exitCode()).isEqualTo(5);
    assertThat(text.err()).contains("\n\nhint: ").doesNotContain("sesame", "Exception");
    JsonNode document = json(5, "diagnose --url " + nobody);
    assertThat(document.at("/error/exit_code").asInt()).isEqualTo(5);
  }

  private JsonNode json(int exitCode, String words) throws IOException {
    Shell.Result result = run(words + " --output json");
    assertThat(result.exitCode())
        .as("%s: %s%s", words, result.out(), result.err())
        .isEqualTo(exitCode);
    assertThat(DocumentSchema.violations(result.out())).as(words).isEmpty();
    return MAPPER.readTree(result.out());
  }

  private Shell.Result run(String words) {
    return run(words, Map.of());
  }

  private Shell.Result run(String words, Map<String, String> variables) {
    Shell.Result result =
        new Program(directory)
            .withTools()
            .with(built.environment())
            .with(variables)
            .run(words.split(" "));
    assertThat(result.out() + result.err()).doesNotContain("devmatrix:devmatrix", "\tat ");
    return result;
  }
}
