package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.scenarios.ProgramTool.Damage;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stampguard says of databases that tools made whose migrations are programs, and that the
 * tools agree when it has repaired them. Each tool makes its database once; scenarios are copies.
 */
class ProgramToolTest {
  @TempDir private static Path projects;

  private static final Map<String, Library> MADE = new HashMap<>();

  private static int copies;

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path elsewhere;

  /**
   * A healthy database, and its project with a lock file.
   *
   * @param model the database's name; it is copied, and never changed
   */
  private record Library(ProgramTool tool, Path project, String model) {}

  private Library library(ProgramTool tool) {
    return MADE.computeIfAbsent(tool.name(), name -> make(tool));
  }

  private Library make(ProgramTool tool) {
    Path project = projects.resolve(tool.name());
    tool.build(project);
    String model = server.createDatabase();
    tool.migrate(server, model, project);
    var made = new Library(tool, project, model);
    InProcess.Result snapshot = runs(made, model).run(replaying("snapshot"));
    assertThat(snapshot.exitCode()).as(snapshot.out() + snapshot.err()).isZero();
    return made;
  }

  private FlywayRuns runs(Library library, String database) {
    return new FlywayRuns(server, database, library.project());
  }

  private FlywayRuns broken(Library library, Damage damage) {
    String database = "%s_%d".formatted(library.model(), ++copies);
    server.execute(
        "postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(database, library.model()));
    server.execute(database, damage.sql());
    return runs(library, database);
  }

  private String[] replaying(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--scratch", server.url("postgres"), "--driver-env", "project"));
    return all.toArray(String[]::new);
  }

  static Stream<Arguments> scenarios() {
    return ProgramTool.all().stream()
        .flatMap(tool -> tool.scenarios().stream().map(damage -> Arguments.of(tool, damage)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theLockFileTells(ProgramTool tool, Damage damage) {
    FlywayRuns runs = broken(library(tool), damage);
    boolean isHealthy = damage.expected().matches("consistent|behind");

    InProcess.Result check = runs.run("check");
    assertThat(runs.story("--scratch", "none")).as(check.err()).isEqualTo(damage.expected());
    assertThat(check.exitCode()).as(check.err()).isEqualTo(isHealthy ? 0 : 3);
  }

  /** One whose own command is the usual one, and one of which the settings name another. */
  static Stream<ProgramTool> tools() {
    return Stream.of("knex", "efcore").map(ProgramTool::load);
  }

  @ParameterizedTest
  @MethodSource("tools")
  void aReplayTells(ProgramTool tool) throws IOException {
    Library made = library(tool);
    Damage damage = damage(tool, "sg104-partial");
    Path project = elsewhere.resolve("project");
    tool.build(project);
    FlywayRuns broken = broken(made, damage);
    var runs = new FlywayRuns(server, broken.database(), project);

    String[] unasked = {"--scratch", server.url("postgres")};
    if (Files.exists(project.resolve("stampguard.properties"))) {
      assertThat(runs.story(unasked)).isEqualTo(damage.expected());
    } else {
      // Nobody allowed that the project's code is run.
      assertThat(runs.story(unasked)).startsWith("unknown SG111(");
      assertThat(runs.run("diagnose", "--scratch", server.url("postgres")).err())
          .contains("not replayed", "`--driver-env project`");
      assertThat(runs.story(replaying())).isEqualTo(damage.expected());
    }
    assertThat(Files.exists(project.resolve("stampguard.lock"))).isFalse();
  }

  private static Damage damage(ProgramTool tool, String name) {
    return tool.scenarios().stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  static Stream<Arguments> repairs() {
    return ProgramTool.all().stream()
        .flatMap(
            tool ->
                tool.scenarios().stream()
                    .flatMap(
                        damage ->
                            damage.repairs().stream()
                                .filter(strategy -> tool.isTried(damage, strategy))
                                .map(strategy -> Arguments.of(tool, damage, strategy))));
  }

  /** Whatever way is taken, the tool itself then finds nothing to do. */
  @ParameterizedTest
  @MethodSource("repairs")
  void aRepairSatisfiesTheTool(ProgramTool tool, Damage damage, String strategy) {
    Library made = library(tool);
    FlywayRuns runs = broken(made, damage);

    InProcess.Result repair =
        runs.run(
            replaying(
                "repair",
                "--strategy",
                strategy,
                "--apply",
                "--yes",
                "--backup",
                "none",
                "--allow",
                "runs-project-code",
                "--allow",
                "not-atomic",
                "--allow",
                "forgets-unknown-revision",
                "--allow",
                "replaces-database",
                "--allow",
                "takes-access-exclusive-lock"));
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();

    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
    tool.requireDone(server, runs.database(), made.project());
  }

  /** Knex's own lock, of a run that is not over or that died. */
  @Test
  void aRepairWaitsForTheTool() {
    ProgramTool tool = ProgramTool.load("knex");
    FlywayRuns runs = broken(library(tool), damage(tool, "sg107-history-set-back"));
    server.execute(runs.database(), "UPDATE knex_migrations_lock SET is_locked = 1");

    InProcess.Result refused =
        runs.run(
            replaying(
                "repair", "--apply", "--yes", "--backup", "none", "--allow", "runs-project-code"));

    assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains("Knex is at work");
  }
}
