package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.NormalisedDump;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    "sg116-invalid-index, graft, ''",
    "incident, switch, ''",
    "incident, recreate, --copy-data",
  })
  void endsTheFindings(String name, String strategy, String decision) {
    try (var built = new ScenarioBuilder(server).build(Scenario.load(name), directory)) {
      prepare(built);
      SortedMap<String, Long> before = rows(built.scenario().database());
      var found = new TreeMap<>(before);
      int checked = run(built, "check").exitCode();

      var planning = new ArrayList<>(List.of("repair", "--strategy", strategy));
      if (!decision.isEmpty()) {
        planning.addAll(List.of(decision.split(" ")));
      }
      Json plan = json(built, 0, planning.toArray(String[]::new)).object("plan").orElseThrow();
      assertThat(plan.objects("steps")).as("steps").isNotEmpty();
      assertThat(plan.strings("undecided")).as("undecided").isEmpty();

      var words = new ArrayList<>(planning);
      words.addAll(List.of("--apply", "--yes"));
      plan.strings("hazards").forEach(hazard -> words.addAll(List.of("--allow", hazard)));
      Json done = json(built, 0, words.toArray(String[]::new));
      Json result = done.object("result").orElseThrow();
      assertThat(result.string("verdict")).isIn("consistent", "behind");
      assertThat(result.string("backup")).as("backup").isNotBlank();
      assertThat(result.string("undo")).as("undo").startsWith("stampguard restore ");

      assertThat(run(built, "check").exitCode()).as("check").isZero();
      Json second = json(built, 0, "repair").object("plan").orElseThrow();
      assertThat(second.objects("steps")).as("a second plan").isEmpty();
      if (strategy.equals("recreate")) {
        // What no script makes stays behind in the old database.
        before.keySet().removeIf(table -> !has(built.scenario().database(), table));
      }
      if (!strategy.equals("switch")) {
        assertThat(rows(built.scenario().database())).as("rows").containsAllEntriesOf(before);
        freshDump(built)
            .ifPresent(
                fresh ->
                    assertThat(dump(built.scenario().database()))
                        .as("the schema, beside a freshly migrated one")
                        .containsAll(fresh));
      }
      undo(built, result.string("undo"));
      assertThat(rows(built.scenario().database())).as("rows, undone").isEqualTo(found);
      assertThat(run(built, "check").exitCode()).as("check, undone").isEqualTo(checked);
    } finally {
      dropKept();
    }
  }

  private void undo(BuiltScenario built, String command) {
    List<String> words = List.of(command.split(" "));
    InProcess.Result result = run(built, words.subList(1, words.size()).toArray(String[]::new));
    assertThat(result.exitCode()).as("%s: %s", command, result.err()).isZero();
  }

  private boolean has(String database, String table) {
    return texts(database, "SELECT to_regclass('%s')".formatted(table)).getFirst() != null;
  }

  /** What an undo keeps would be a sibling to the next scenario. */
  private void dropKept() {
    texts("postgres", "SELECT datname FROM pg_database WHERE datname ~ '_(before|recreated)_'")
        .forEach(
            kept ->
                server.execute("postgres", "DROP DATABASE \"%s\" WITH (FORCE)".formatted(kept)));
  }

  private void prepare(BuiltScenario built) {
    server.execute("postgres", "ALTER ROLE %s CREATEDB".formatted(built.scenario().role()));
    if (built.scenario().name().equals("incident")) {
      // Its migrations point them at users that are not there yet.
      server.execute(
          built.scenario().database(), "DELETE FROM masterplans; DELETE FROM discovery_documents");
    }
  }

  private static int major() {
    return Integer.getInteger("stampguard.postgres.major", 18);
  }

  private SortedSet<String> dump(String database) {
    // Which name a not-null constraint gets depends on the way it was made, and says nothing.
    return NormalisedDump.of(server, database, major()).stream()
        .map(object -> object.replaceAll("CONSTRAINT \\S+ NOT NULL", "NOT NULL"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the ledger claims, as Alembic makes it in an empty database, if that was written down. */
  private Optional<SortedSet<String>> freshDump(BuiltScenario built) {
    List<String> recorded = ledger(built);
    assertThat(recorded).as("one head").hasSize(1);
    if (built.scenario().file("schema/" + recorded.getFirst() + ".sql").isEmpty()) {
      return Optional.empty();
    }
    String fresh = server.createDatabase();
    try {
      server.execute(fresh, built.scenario().schema(recorded.getFirst()));
      return Optional.of(dump(fresh));
    } finally {
      server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(fresh));
    }
  }

  private List<String> ledger(BuiltScenario built) {
    return texts(
        built.scenario().database(), "SELECT version_num FROM " + built.scenario().ledger());
  }

  /** Of every table but the ledger, how many rows it has; tables without rows are left out. */
  private SortedMap<String, Long> rows(String database) {
    var rows = new TreeMap<String, Long>();
    for (String table :
        texts(
            database,
            "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'p')"
                + " AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'"
                + " AND c.relname <> 'alembic_version'")) {
      long count = Long.parseLong(texts(database, "SELECT count(*) FROM " + table).getFirst());
      if (count > 0) {
        rows.put(table, count);
      }
    }
    return rows;
  }

  private List<String> texts(String database, String sql) {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (found.next()) {
        texts.add(found.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
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
        PostgresClient.forServer(major()).directory().toString(),
        (path, client) -> client + File.pathSeparator + path);
    environment.putAll(built.environment());
    return InProcess.run(built.project(), environment, command);
  }
}
