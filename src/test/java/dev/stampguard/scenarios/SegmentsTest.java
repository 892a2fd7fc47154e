package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ThreeSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that PostgreSQL cannot carry out in one transaction says so, and asks first. */
@Tag("postgres")
class SegmentsTest {
  private static final Pattern FLAGS = Pattern.compile("add `([^`]+)`");

  private final PostgresServer server = PostgresServer.shared();
  @TempDir private Path project;
  private ThreeSegments built;
  private RepairRuns runs;

  @BeforeEach
  void build() {
    built = ThreeSegments.build(server, project);
    runs = new RepairRuns(server, built.database(), project);
  }

  @AfterEach
  void drop() {
    built.close();
  }

  @Test
  void eachStepSaysItsTransaction() {
    Json plan = runs.json("repair", "--strategy", "missing").object("plan").orElseThrow();

    assertThat(plan.strings("hazards")).contains("not-atomic");
    assertThat(plan.objects("steps").stream().map(step -> step.number("segment")))
        .containsExactly(1, 2, 3);
    assertThat(runs.run("repair", "--strategy", "missing").out())
        .contains("3 steps in 3 transactions", "transaction 1", "transaction 2", "transaction 3")
        .contains("not-atomic", "PostgreSQL cannot do it in one transaction");
  }

  @Test
  void isDoneOnlyWhenItIsAllowedByTheFlagThatIsPrinted() throws IOException {
    InProcess.Result refused = runs.run("repair", "--strategy", "missing", "--apply", "--yes");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains("`not-atomic`");
    Matcher flags = FLAGS.matcher(refused.err());
    assertThat(flags.find()).as(refused.err()).isTrue();
    assertThat(flags.group(1)).contains("--allow not-atomic");
    assertThat(runs.texts("SELECT unnest(enum_range(NULL::mood))")).containsExactly("sad");
    assertThat(project.resolve(".stampguard")).doesNotExist();

    var words = new ArrayList<>(List.of("repair", "--strategy", "missing", "--apply", "--yes"));
    words.addAll(List.of(flags.group(1).split(" ")));
    Json result = runs.json(words.toArray(String[]::new)).object("result").orElseThrow();

    assertThat(result.number("segments")).isEqualTo(3);
    assertThat(result.string("verdict")).isEqualTo("consistent");
    assertThat(runs.texts("SELECT count(*) FROM jobs WHERE m = 'glad'")).containsExactly("50");
    assertThat(journal())
        .containsExactly(
            "begun",
            "backed-up",
            "committing 1",
            "committed 1",
            "committing 2",
            "committed 2",
            "committing 3",
            "committed 3",
            "done");
    InProcess.Result undone = runs.run(result.string("undo").split(" ", 2)[1].split(" "));
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(runs.texts("SELECT unnest(enum_range(NULL::mood))")).containsExactly("sad");
    assertThat(runs.texts("SELECT count(*) FROM jobs")).containsExactly("50");
    runs.texts("postgres", "SELECT datname FROM pg_database WHERE datname ~ '_before_'")
        .forEach(kept -> server.execute("postgres", "DROP DATABASE \"%s\"".formatted(kept)));
  }

  @Test
  void aSingleStepThatCommitsByItselfIsAskedForAsWell() {
    server.execute(built.database(), "ALTER TYPE mood ADD VALUE 'glad'");
    server.execute(built.database(), "ALTER TABLE jobs ADD COLUMN m mood DEFAULT 'glad'");

    InProcess.Result plan = runs.run("repair", "--strategy", "missing");
    assertThat(plan.out()).contains("1 step in 1 transaction", "commits by itself", "not-atomic");

    String[] apply = {"repair", "--strategy", "missing", "--apply", "--yes", "--backup", "none"};
    InProcess.Result refused = runs.run(apply);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains("add `--allow not-atomic`");
    assertThat(runs.texts("SELECT to_regclass('jobs_name')")).containsOnlyNulls();

    var words = new ArrayList<>(List.of(apply));
    words.addAll(List.of("--allow", "not-atomic"));
    InProcess.Result done = runs.run(words.toArray(String[]::new));
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(runs.texts("SELECT to_regclass('jobs_name')")).containsExactly("jobs_name");
  }

  @Test
  void whoIsLeftHalfWayIsToldTheUndo() throws IOException {
    InProcess.Result failed =
        InProcess.repair(
            project,
            runs.environment(),
            milestone -> {
              if (milestone.equals("begin transaction 2")) {
                server.execute(built.database(), "CREATE TABLE of_somebody_else (i integer)");
              }
            },
            "--strategy",
            "missing",
            "--apply",
            "--yes",
            "--allow",
            "not-atomic,rewrites-table,takes-access-exclusive-lock");

    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(6);
    assertThat(failed.err()).contains("1 of 3 transactions are committed");
    try (Stream<Path> backups = Files.list(project.resolve(".stampguard/backups"))) {
      String id = backups.map(Path::getFileName).findFirst().orElseThrow().toString();
      assertThat(failed.err())
          .contains("`stampguard repair`, or undo it with `stampguard restore " + id + "`");
    }
  }

  /** What happened, line by line, with the segment it happened to. */
  private List<String> journal() throws IOException {
    try (Stream<Path> files = Files.list(project.resolve(".stampguard/journal"))) {
      Path journal =
          files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
      return Files.readAllLines(journal).stream()
          .map(Json::parse)
          .map(
              entry ->
                  entry.string("event").startsWith("committ")
                      ? entry.string("event") + " " + entry.number("segment")
                      : entry.string("event"))
          .toList();
    }
  }
}
