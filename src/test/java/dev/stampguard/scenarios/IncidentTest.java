package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The incident, told by every command, and every document held against the published schema. */
@Tag("postgres")
class IncidentTest {
  private static final List<String> MISSING_TABLES =
      List.of(
          "table public.acceptance_test_results",
          "table public.acceptance_tests",
          "table public.atom_dependencies",
          "table public.atom_retry_history",
          "table public.atomic_units",
          "table public.conversations",
          "table public.dependency_graphs",
          "table public.execution_waves",
          "table public.human_review_queue",
          "table public.masterplan_history",
          "table public.masterplan_versions",
          "table public.messages",
          "table public.user_quotas",
          "table public.user_usage",
          "table public.users",
          "table public.validation_results");

  @TempDir private Path directory;

  private BuiltScenario build(String scenario) {
    return new ScenarioBuilder(PostgresServer.shared()).build(Scenario.load(scenario), directory);
  }

  private static InProcess.Result run(BuiltScenario built, String... args) {
    InProcess.Result result = InProcess.run(built.project(), built.environment(), args);
    assertThat(result.out() + result.err()).doesNotContain("devmatrix:devmatrix");
    return result;
  }

  private static Json document(BuiltScenario built, int exitCode, String... args) {
    InProcess.Result result = run(built, args);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    return Json.parse(result.out());
  }

  private static List<String> tables(List<String> objects) {
    return objects.stream().filter(object -> object.startsWith("table ")).toList();
  }

  @Test
  void diagnoseNamesWhatIsMissingWhoOwedItAndTheWaysOut() {
    try (BuiltScenario built = build("incident")) {
      Json story = document(built, 3, "diagnose", "--output", "json");
      Json hollow =
          story.objects("findings").stream()
              .filter(finding -> finding.string("code").equals("SG102"))
              .findFirst()
              .orElseThrow();
      assertThat(tables(hollow.strings("objects"))).isEqualTo(MISSING_TABLES);
      assertThat(
              story.objects("revisions").stream()
                  .flatMap(revision -> tables(revision.strings("missing")).stream())
                  .sorted())
          .isEqualTo(MISSING_TABLES);
      Json mge =
          story.objects("revisions").stream()
              .filter(revision -> revision.string("id").equals("mge_v2_schema"))
              .findFirst()
              .orElseThrow();
      assertThat(mge.string("state")).isEqualTo("hollow");
      assertThat(tables(mge.strings("missing"))).hasSize(7);
      assertThat(story.strings("extras")).hasSize(6);
      assertThat(story.objects("siblings"))
          .singleElement()
          .satisfies(
              sibling -> {
                assertThat(sibling.string("database")).isEqualTo("devmatrix_test");
                assertThat(sibling.string("verdict")).isEqualTo("consistent");
              });
      assertThat(story.objects("repairs"))
          .filteredOn(way -> way.string("reason").contains("devmatrix_test"))
          .extracting(way -> way.string("strategy"))
          .containsExactly("graft", "switch");
    }
  }

  @Test
  void theBrokenChainIsToldBeforeAnybodyDropsAnything() {
    try (BuiltScenario built = build("incident-broken-chain")) {
      Json story = document(built, 3, "diagnose", "--output", "json");
      assertThat(story.objects("findings"))
          .filteredOn(finding -> finding.string("code").equals("SG111"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.strings("objects")).containsExactly("table public.users");
                assertThat(finding.string("severity")).isEqualTo("warning");
              });
      assertThat(story.objects("repairs"))
          .filteredOn(way -> way.string("strategy").equals("recreate"))
          .singleElement()
          .satisfies(way -> assertThat(way.string("reason")).contains("table public.users"));

      InProcess.Result before = run(built, "check");
      InProcess.Result refused =
          run(
              built,
              "repair",
              "--strategy",
              "recreate",
              "--apply",
              "--yes",
              "--allow",
              "replaces-database");
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
      assertThat(refused.err())
          .contains("`recreate` does not apply", "`bcacf97a17b8` needs `table public.users`");
      assertThat(built.project().resolve(".stampguard")).doesNotExist();
      assertThat(run(built, "check")).isEqualTo(before);
    }
  }

  @Test
  void checkIsOneLineAndADocument() {
    try (BuiltScenario built = build("incident")) {
      InProcess.Result gate = run(built, "check");
      assertThat(gate.exitCode()).isEqualTo(3);
      assertThat(gate.out()).isEmpty();
      assertThat(gate.err())
          .isEqualTo(
              "stampguard: inconsistent: `devmatrix` is recorded at 66518741fa75 but really at"
                  + " bcacf97a17b8 (16 tables missing); run `stampguard diagnose`\n");
      Json document = document(built, 3, "check", "--output", "json");
      assertThat(document.object("target").orElseThrow().string("source"))
          .isEqualTo(".env:3 DATABASE_URL");
      assertThat(run(built, "check", "--quiet").err()).isEmpty();
    }
  }

  @Test
  void compareAndHistoryKeepTheSchema() {
    try (BuiltScenario built = build("incident")) {
      Json compared =
          document(
              built, 3, "compare", "devmatrix", "devmatrix_test", "--rows", "--output", "json");
      assertThat(tables(compared.strings("only_right"))).isEqualTo(MISSING_TABLES);
      assertThat(tables(compared.strings("only_left"))).hasSize(6);
      document(built, 0, "compare", "target", "devmatrix", "--output", "json");
      Json history = document(built, 0, "history", "--output", "json");
      assertThat(history.objects("revisions"))
          .extracting(revision -> revision.string("id"))
          .hasSize(13)
          .startsWith("bcacf97a17b8", "93ad2d77767b")
          .endsWith("66518741fa75");
      assertThat(run(built, "history", "--graph").out()).contains("66518741fa75");
    }
  }

  @Test
  void acceptedDriftFailOnAndReference() {
    try (BuiltScenario built = build("incident")) {
      var healthy = built.environment();
      var sibling = new HashMap<>(healthy);
      sibling.put(
          "DATABASE_URL",
          "postgresql://devmatrix:devmatrix@localhost:%d/devmatrix_test"
              .formatted(built.server().port()));
      InProcess.Result check = InProcess.run(built.project(), sibling, "check");
      assertThat(check.exitCode()).as(check.err()).isZero();
      assertThat(check.err()).isEmpty();
      InProcess.Result disagreeing =
          InProcess.run(built.project(), sibling, "check", "--fail-on", "warning");
      assertThat(disagreeing.exitCode()).isEqualTo(3);
      assertThat(disagreeing.err()).contains("SG118");
      built
          .server()
          .execute("devmatrix_test", "ALTER TABLE users ALTER COLUMN email TYPE varchar(40)");
      InProcess.Result altered =
          InProcess.run(
              built.project(),
              built.environment(),
              "diagnose",
              "--reference",
              "devmatrix_test",
              "--output",
              "json");
      assertThat(DocumentSchema.violations(altered.out())).isEmpty();
      assertThat(altered.out()).contains("\"source\": \"reference\"");
    }
  }
}
