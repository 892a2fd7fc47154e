package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repairs of databases in which a concurrent build failed. */
@Tag("postgres")
class InvalidIndexRepairTest {
  private static final String OWNED = "uq_customers_phone";

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;
  private BuiltScenario built;
  private RepairRuns runs;

  @BeforeEach
  void build() {
    built = new ScenarioBuilder(server).build(Scenario.load("sg116-invalid-index"), directory);
    runs = new RepairRuns(server, built.scenario().database(), directory);
  }

  @AfterEach
  void drop() {
    built.close();
  }

  private void execute(String sql) {
    server.execute(built.scenario().database(), sql);
  }

  private boolean isThere(String table) {
    return runs.texts("SELECT to_regclass('%s')".formatted(table)).getFirst() != null;
  }

  private boolean isValid(String index) {
    return runs.texts(
            "SELECT indisvalid::text FROM pg_index WHERE indexrelid = '%s'::regclass"
                .formatted(index))
        .equals(List.of("true"));
  }

  /** What a REINDEX CONCURRENTLY that failed leaves, or somebody's own index. */
  private void addForeignInvalidIndex() {
    execute("CREATE TABLE own (x int); INSERT INTO own VALUES (1), (1)");
    assertThatThrownBy(() -> execute("CREATE UNIQUE INDEX CONCURRENTLY \"Own x\" ON own (x)"))
        .hasMessageContaining("could not create unique index");
  }

  private static List<String> applied(String... words) {
    var all = new ArrayList<>(List.of("repair", "--apply", "--yes"));
    all.addAll(List.of("--backup", "none", "--allow", "takes-access-exclusive-lock"));
    all.addAll(List.of(words));
    return all;
  }

  private Json apply(String... words) {
    return runs.json(applied(words).toArray(String[]::new)).object("result").orElseThrow();
  }

  @Test
  void thePlanSaysWhatItTakes() {
    assertThat(runs.run("diagnose").out())
        .containsPattern("graft +recommended +build `index public.%s` again".formatted(OWNED));

    Json plan = runs.json("repair").object("plan").orElseThrow();
    assertThat(plan.strings("hazards")).containsExactly("takes-access-exclusive-lock");
    assertThat(plan.objects("steps")).hasSize(1);
    Json step = plan.objects("steps").getFirst();
    assertThat(step.string("kind")).isEqualTo("run-sql");
    assertThat(step.string("sql")).isEqualTo("REINDEX INDEX public." + OWNED);
    assertThat(step.string("reason")).isEqualTo("SG116");

    execute("DELETE FROM customers");
    assertThat(runs.json("repair").object("plan").orElseThrow().strings("hazards")).isEmpty();
  }

  @Test
  void rowsThatItDoesNotAllowAreNamedAndNothingChanges() {
    execute("INSERT INTO customers (email, name, phone) VALUES ('c@example.org', 'Cyd', '1')");

    InProcess.Result failed = runs.run(applied().toArray(String[]::new));

    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(6);
    assertThat(failed.err())
        .contains("step 1 (run-sql) failed and is rolled back", "Key (phone)=(1) is duplicated");
    assertThat(isValid(OWNED)).isFalse();

    execute("DELETE FROM customers WHERE name = 'Cyd'");
    assertThat(apply().string("verdict")).isEqualTo("consistent");
    assertThat(isValid(OWNED)).isTrue();
  }

  @Test
  void whatIsMissingIsMadeInTheSameGraft() {
    execute("DROP TABLE order_lines");

    assertThat(apply("--strategy", "graft").string("verdict")).isEqualTo("consistent");

    assertThat(isThere("order_lines")).isTrue();
    assertThat(isValid(OWNED)).isTrue();
  }

  @Test
  void revisionsThatRunLeaveItToAGraft() {
    execute("DROP TABLE invoices");

    assertThat(apply().string("verdict")).isEqualTo("inconsistent");
    assertThat(isThere("invoices")).isTrue();
    assertThat(isValid(OWNED)).isFalse();

    assertThat(apply().string("verdict")).isEqualTo("consistent");
    assertThat(isValid(OWNED)).isTrue();
  }

  @Test
  void oneThatNoRevisionCreatesStaysAsItIs() {
    addForeignInvalidIndex();
    execute("DROP TABLE invoices");

    apply("--strategy", "missing");
    assertThat(isThere("invoices")).isTrue();
    apply("--strategy", "graft");

    assertThat(isValid(OWNED)).isTrue();
    assertThat(isValid("\"Own x\"")).isFalse();
    InProcess.Result left = runs.run("repair");
    assertThat(left.exitCode()).as(left.err()).isEqualTo(4);
    assertThat(left.err()).contains("no way out can be recommended for SG116", "\n\nhint: ");
  }

  @Test
  void whatAScriptThatDiedLeftIsRecordedAndThenBuiltAgain() {
    try (BuiltScenario died =
        new ScenarioBuilder(server)
            .build(Scenario.load("sg107-index-build-died"), directory.resolve("died"))) {
      var there = new RepairRuns(server, died.scenario().database(), died.project());
      String[] apply = applied().toArray(String[]::new);

      Json first = there.json(apply);
      assertThat(first.object("plan").orElseThrow().string("strategy")).isEqualTo("restamp");
      InProcess.Result refused = there.run(apply);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(6);
      assertThat(refused.err()).contains("Key (card)=(0) is duplicated");
      server.execute(died.scenario().database(), "UPDATE members SET card = id");
      Json second = there.json(apply);
      assertThat(second.object("plan").orElseThrow().string("strategy")).isEqualTo("graft");
      assertThat(second.object("result").orElseThrow().string("verdict")).isEqualTo("behind");
    }
  }
}
