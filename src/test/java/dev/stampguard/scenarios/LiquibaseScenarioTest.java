package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.scenarios.LiquibaseScenario.Library;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stampguard says of databases that Liquibase itself made. */
class LiquibaseScenarioTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static final Map<Library, String> MIGRATED = new EnumMap<>(Library.class);

  private static final List<String> REPAIR =
      List.of(
          "repair",
          "--apply",
          "--yes",
          "--backup",
          "none",
          "--allow",
          "takes-access-exclusive-lock",
          "--allow",
          "forgets-unknown-revision",
          "--allow",
          "replaces-database",
          "--allow",
          "not-atomic",
          "--allow",
          "undecidable-data-migration");

  @TempDir private static Path library;
  private static String lock;

  @TempDir private Path directory;

  @BeforeAll
  static void migrate(@TempDir Path directory) {
    for (Library library : Library.values()) {
      String database = SERVER.createDatabase();
      Path project = directory.resolve(library.name());
      LiquibaseScenario.copy(library, project);
      LiquibaseScenario.update(SERVER, database, project, library);
      MIGRATED.put(library, database);
    }
  }

  /** Runs words of Flyway's tests, which know nothing of Flyway. */
  private FlywayRuns build(LiquibaseScenario scenario) {
    String database = SERVER.createDatabase();
    scenario.build(SERVER, MIGRATED.get(scenario.library()), database, directory);
    return new FlywayRuns(SERVER, database, directory);
  }

  static List<LiquibaseScenario> scenarios() {
    return LiquibaseScenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theScriptsTell(LiquibaseScenario scenario) {
    FlywayRuns runs = build(scenario);
    String expected = scenario.value("expect.scripts").orElseThrow();

    var check = runs.run("check");
    assertThat(runs.story("--scratch", "none"))
        .as(() -> runs.run("diagnose", "--scratch", "none").out())
        .isEqualTo(expected);
    boolean isHealthy = expected.startsWith("consistent") || expected.startsWith("behind");
    assertThat(check.exitCode()).as(check.err()).isEqualTo(isHealthy ? 0 : 3);
  }

  static List<LiquibaseScenario> replayed() {
    return LiquibaseScenario.all().stream()
        .filter(scenario -> scenario.value("expect.replay").isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("replayed")
  void aReplayTells(LiquibaseScenario scenario) {
    FlywayRuns runs = build(scenario);

    assertThat(runs.story("--scratch", SERVER.url("postgres")))
        .isEqualTo(scenario.value("expect.replay").orElseThrow());
  }

  static List<LiquibaseScenario> locked() {
    return LiquibaseScenario.all().stream()
        .filter(scenario -> scenario.value("expect.lock").isPresent())
        .toList();
  }

  /** Made of the library as it was. */
  @ParameterizedTest
  @MethodSource("locked")
  void theLockFileTells(LiquibaseScenario scenario) throws IOException {
    FlywayRuns runs = build(scenario);
    Files.writeString(directory.resolve("stampguard.lock"), lock());
    String expected = scenario.value("expect.lock").orElseThrow();

    var check = runs.run("check");
    assertThat(check.err()).doesNotContain("stampguard.lock");
    assertThat(check.exitCode()).as(check.err()).isEqualTo(expected.equals("consistent") ? 0 : 3);
    assertThat(runs.story("--scratch", "none")).isEqualTo(expected);
    assertThat(runs.run("diagnose", "--scratch", "none", "--output", "json").out())
        .contains("\"source\": \"lock\"");
  }

  private static synchronized String lock() throws IOException {
    if (lock == null) {
      LiquibaseScenario.copy(Library.LIBRARY, library);
      var snapshot =
          new FlywayRuns(SERVER, MIGRATED.get(Library.LIBRARY), library)
              .run("snapshot", "--scratch", SERVER.url("postgres"));
      assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
      lock = Files.readString(library.resolve("stampguard.lock"));
    }
    return lock;
  }

  static Stream<Arguments> repairs() {
    return LiquibaseScenario.all().stream()
        .flatMap(
            scenario ->
                scenario.repairs().stream().map(strategy -> Arguments.of(scenario, strategy)));
  }

  /** Whatever way is taken, Liquibase itself then finds nothing to do. */
  @ParameterizedTest
  @MethodSource("repairs")
  void aRepairSatisfiesLiquibase(LiquibaseScenario scenario, String strategy) {
    FlywayRuns runs = build(scenario);
    if (scenario.library() == Library.WORDS) {
      Path command = LiquibaseScenario.command(directory, scenario.library());
      write("replay.command=" + command + " update\n");
    }

    var words = new ArrayList<>(REPAIR);
    words.addAll(List.of("--strategy", strategy, "--scratch", SERVER.url("postgres")));
    scenario.decisions().forEach(id -> words.addAll(List.of("--assume-applied", id)));
    var repair = runs.run(words.toArray(String[]::new));
    assertThat(repair.exitCode())
        .as(
            () ->
                repair.out()
                    + repair.err()
                    + runs.run("diagnose", "--scratch", SERVER.url("postgres")).out())
        .isZero();

    scenario.requireDone(SERVER, runs.database(), directory);
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
  }

  private void write(String settings) {
    try {
      Files.writeString(directory.resolve("stampguard.properties"), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
