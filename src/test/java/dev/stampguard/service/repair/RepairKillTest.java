package dev.stampguard.service.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.StateReader;
import dev.stampguard.cli.InProcess;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.repair.Hazard;
import dev.stampguard.scenarios.BuiltScenario;
import dev.stampguard.scenarios.LockFiles;
import dev.stampguard.scenarios.Scenario;
import dev.stampguard.scenarios.ScenarioBuilder;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import dev.stampguard.testing.ThreeSegments;
import dev.stampguard.tool.alembic.AlembicTool;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ends repairs at their milestones, and looks what is left and what the next run makes of it. What
 * is called killed is a process of its own that halts without a goodbye; what is called terminated
 * lives on, and the server ends every session it has on the target, the one with the lock included.
 */
class RepairKillTest {
  private static final PostgresConnector CONNECTOR =
      new PostgresConnector(
          new ConnectTimeout(Duration.ofSeconds(5)),
          new StatementTimeout(Duration.ofSeconds(30)),
          new LockTimeout(Duration.ofSeconds(1)));

  private static final Map<String, Integer> TOTALS = new TreeMap<>();

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;
  private int cases;

  /** Something to repair, made anew for each case. */
  private interface Broken extends AutoCloseable {
    String database();

    Path project();

    Map<String, String> environment();

    @Override
    void close();
  }

  @FunctionalInterface
  private interface Maker {
    Broken make(Path directory);
  }

  /** All that a repair may change. */
  private record State(
      String fingerprint, SortedMap<String, Long> rows, List<String> ledger, String env) {}

  @AfterAll
  static void tellTotals() {
    System.err.println("repairs cut off: " + TOTALS);
  }

  @ParameterizedTest
  @CsvSource({
    "sg103-hole, missing, '', *, *",
    "sg102-alter-only, restamp, --run 1f6c8e37d0b4,"
        + " step 1;committed transaction 1, commit transaction 1",
    "sg104-partial, graft, '', step 1;commit transaction 1, step 1;committed transaction 1",
    "incident, switch, '', step 1;file written, step 1",
    "incident, recreate, --copy-data, build;swap;swapped, copy data;swap",
  })
  void isBeforeOrAfterAndTheNextRunGoesOn(
      String name, String strategy, String decision, String killed, String terminated) {
    var words = new ArrayList<>(List.of("--strategy", strategy));
    if (!decision.isEmpty()) {
      words.addAll(List.of(decision.split(" ")));
    }
    cutOff(into -> scenario(name, into), words, killed, terminated);
  }

  @Test
  void isAtTheBoundaryOfASegmentAndTheNextRunGoesOn() {
    Map<String, State> way =
        cutOff(
            this::segments,
            List.of("--strategy", "missing"),
            "commit transaction 1;begin transaction 2;commit transaction 2;step 3;"
                + "committed transaction 3",
            "step 2;step 3");
    assertThat(way.keySet())
        .contains("committed transaction 1", "commit transaction 2", "committed transaction 3");
    assertThat(way.values().stream().distinct()).as("the boundaries").hasSize(4);
  }

  @Test
  void withoutAJournalNothingIsChanged() throws IOException {
    try (Broken broken = scenario("sg103-hole", directory())) {
      State before = state(broken);
      Files.createDirectory(broken.project().resolve(".stampguard"));
      Files.createFile(broken.project().resolve(".stampguard/journal"));
      InProcess.Result refused =
          InProcess.repair(
              broken.project(),
              broken.environment(),
              Milestones.UNHEARD,
              words(List.of("--apply", "--yes")));
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("the journal", "cannot be written", "hint:");
      assertThat(state(broken)).isEqualTo(before);
    }
  }

  @Test
  void aTransactionThatIsStillOpenIsWaitedFor() throws SQLException {
    try (Broken broken = scenario("sg103-hole", directory())) {
      assertThat(runKilled(broken, "commit transaction 1", List.of())).isEqualTo(137);
      Path journal = journal(broken);
      try (Connection late = server.connect(broken.database());
          Statement statement = late.createStatement()) {
        late.setAutoCommit(false);
        String id;
        try (ResultSet rows = statement.executeQuery("SELECT pg_current_xact_id()")) {
          rows.next();
          id = rows.getString(1);
        }
        Files.writeString(
            journal,
            Files.readString(journal)
                .replaceAll("\"transaction\":\"\\d+\"", "\"transaction\":\"" + id + "\""));
        InProcess.Result refused = apply(broken, Milestones.UNHEARD, List.of());
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
        assertThat(refused.err()).contains("has not ended its transaction " + id);
        late.rollback();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      InProcess.Result done = apply(broken, Milestones.UNHEARD, List.of());
      assertThat(done.exitCode()).as(done.err()).isZero();
      assertThat(done.err()).contains("was cut off before it changed anything");
    }
  }

  private Map<String, State> cutOff(
      Maker maker, List<String> words, String killed, String terminated) {
    Map<String, State> way = record(maker, words);
    for (String milestone : chosen(killed, way)) {
      killed(maker, words, milestone, way);
    }
    for (String milestone : chosen(terminated, way)) {
      terminated(maker, words, milestone, way);
    }
    return way;
  }

  private static List<String> chosen(String milestones, Map<String, State> way) {
    List<String> chosen =
        milestones.equals("*") ? List.copyOf(way.keySet()) : List.of(milestones.split(";"));
    assertThat(way.keySet()).containsAll(chosen);
    return chosen;
  }

  /** What is to be seen from outside at each milestone of a repair that nobody disturbs. */
  private Map<String, State> record(Maker maker, List<String> words) {
    try (Broken broken = maker.make(directory())) {
      var way = new LinkedHashMap<String, State>();
      State[] last = {state(broken)};
      InProcess.Result done =
          apply(
              broken,
              milestone -> {
                if (milestone.matches("committed .*|swapped|file written|prove")) {
                  last[0] = state(broken);
                }
                way.put(milestone, last[0]);
              },
              words);
      assertThat(done.exitCode()).as(done.err()).isZero();
      assertThat(state(broken)).isEqualTo(last[0]);
      return way;
    }
  }

  private void killed(Maker maker, List<String> words, String milestone, Map<String, State> way) {
    count("killed");
    try (Broken broken = maker.make(directory())) {
      assertThat(runKilled(broken, milestone, words)).as(milestone).isEqualTo(137);
      requireNoSession(broken, milestone);
      State left = state(broken);
      assertThat(left).as("killed at " + milestone).isEqualTo(way.get(milestone));
      InProcess.Result next =
          InProcess.repair(
              broken.project(), broken.environment(), Milestones.UNHEARD, words(words));
      assertThat(next.exitCode()).as("after %s: %s", milestone, next.err()).isZero();
      assertThat(next.err()).as("after " + milestone).contains(became(left, way));
      finishOrUndo(broken, words, milestone, way);
    }
  }

  private static String became(State left, Map<String, State> way) {
    List<State> distinct = way.values().stream().distinct().toList();
    int committed = distinct.indexOf(left);
    if (committed == 0) {
      return "was cut off before it changed anything";
    }
    if (!left.env().equals(first(way).env())) {
      return "is the target now, nothing remains to be done";
    }
    return committed == distinct.size() - 1
        ? "was cut off after its last commit"
        : "was cut off after %d of %d transactions".formatted(committed, distinct.size() - 1);
  }

  private void terminated(
      Maker maker, List<String> words, String milestone, Map<String, State> way) {
    count("terminated");
    try (Broken broken = maker.make(directory())) {
      InProcess.Result cut =
          apply(
              broken,
              reached -> {
                if (reached.equals(milestone)) {
                  terminate(broken.database());
                }
              },
              words);
      State left = state(broken);
      assertThat(way.values()).as("terminated at " + milestone).contains(left);
      if (cut.exitCode() == 0) {
        assertThat(left).as("terminated at " + milestone).isEqualTo(last(way));
      } else {
        count("terminated and said so");
        assertThat(cut.err()).as(milestone).contains("stampguard: ").contains("hint: ");
      }
      finishOrUndo(broken, words, milestone, way);
    }
  }

  private void finishOrUndo(
      Broken broken, List<String> words, String milestone, Map<String, State> way) {
    if (state(broken).equals(last(way))) {
      count("undone by `restore`");
      InProcess.Result undone =
          InProcess.run(broken.project(), broken.environment(), "restore", backup(broken));
      assertThat(undone.exitCode()).as("undo %s: %s", milestone, undone.err()).isZero();
      assertThat(state(broken)).as("undo " + milestone).isEqualTo(first(way));
    } else {
      count("finished by the next `repair`");
      InProcess.Result done = apply(broken, Milestones.UNHEARD, words);
      assertThat(done.exitCode()).as("finish %s: %s", milestone, done.err()).isZero();
      assertThat(state(broken)).as("finish " + milestone).isEqualTo(last(way));
    }
    requireNoSession(broken, milestone);
    assertThat(texts("SELECT datname FROM pg_database WHERE datname LIKE 'stampguard%'"))
        .as("scratch databases after " + milestone)
        .isEmpty();
  }

  private static void count(String what) {
    TOTALS.merge(what, 1, Integer::sum);
  }

  private static State first(Map<String, State> way) {
    return way.values().iterator().next();
  }

  private static State last(Map<String, State> way) {
    return new ArrayList<>(way.values()).getLast();
  }

  private InProcess.Result apply(Broken broken, Milestones milestones, List<String> words) {
    var all = new ArrayList<>(List.of("--apply", "--yes"));
    all.addAll(words);
    return InProcess.repair(broken.project(), broken.environment(), milestones, words(all));
  }

  private String[] words(List<String> words) {
    var all = new ArrayList<>(words);
    for (Hazard hazard : Hazard.values()) {
      all.addAll(List.of("--allow", hazard.label()));
    }
    all.addAll(List.of("--scratch", server.url("postgres")));
    return all.toArray(String[]::new);
  }

  private int runKilled(Broken broken, String milestone, List<String> words) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledRepair.class.getName(),
                milestone,
                broken.project().toString(),
                "--apply",
                "--yes"));
    command.addAll(List.of(words(words)));
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(broken.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      if (exitCode != KilledRepair.EXIT_CODE) {
        System.err.println(output);
      }
      return exitCode;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns when they are gone, so that nothing that follows depends on how quickly they go. */
  private void terminate(String database) {
    texts(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(database));
  }

  private void requireNoSession(Broken broken, String milestone) {
    String sessions =
        "SELECT application_name || ': ' || query FROM pg_stat_activity"
            + " WHERE backend_type = 'client backend' AND (datname = '%s' OR datname LIKE 'stampguard%%')"
                .formatted(broken.database());
    List<String> left = texts(sessions);
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      left = texts(sessions);
    }
    assertThat(left).as("sessions after " + milestone).isEmpty();
  }

  private State state(Broken broken) {
    DatabaseState state =
        new StateReader(
                Optional.of(new AlembicTool().detect(broken.project()).orElseThrow().ledger()))
            .read(CONNECTOR, server.target(broken.database()));
    var rows = new TreeMap<String, Long>();
    state.tables().forEach((table, counted) -> rows.put(table, counted.rows()));
    try {
      Path env = broken.project().resolve(".env");
      return new State(
          state.fingerprint().hex(),
          rows,
          state.ledger(),
          Files.exists(env) ? Files.readString(env) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path directory() {
    try {
      return Files.createDirectory(directory.resolve("case" + ++cases));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String backup(Broken broken) {
    return newest(broken.project().resolve(".stampguard/backups"), "").getFileName().toString();
  }

  private static Path journal(Broken broken) {
    return newest(broken.project().resolve(".stampguard/journal"), ".jsonl");
  }

  private static Path newest(Path directory, String ending) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().getLast();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> texts(String sql) {
    try (Connection connection = server.connect("postgres");
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

  /** What a swap keeps would be a sibling to the next case. */
  private void dropKept() {
    for (String kept :
        new TreeSet<>(
            texts("SELECT datname FROM pg_database WHERE datname ~ '_(before|recreated)_'"))) {
      server.execute("postgres", "DROP DATABASE \"%s\" WITH (FORCE)".formatted(kept));
    }
  }

  private static Map<String, String> environment(Map<String, String> own) {
    Map<String, String> environment = new HashMap<>(ReplayEnvironment.variables());
    environment.merge(
        "PATH",
        PostgresClient.forServer(Integer.getInteger("stampguard.postgres.major", 18))
            .directory()
            .toString(),
        (path, client) -> client + File.pathSeparator + path);
    environment.putAll(own);
    return environment;
  }

  private Broken scenario(String name, Path into) {
    BuiltScenario built = new ScenarioBuilder(server).build(Scenario.load(name), into);
    server.execute("postgres", "ALTER ROLE %s CREATEDB".formatted(built.scenario().role()));
    if (name.equals("incident")) {
      // Its migrations point them at users that are not there yet.
      server.execute(
          built.scenario().database(), "DELETE FROM masterplans; DELETE FROM discovery_documents");
    }
    LockFiles.write(built.scenario(), server, into);
    return broken(
        built.scenario().database(),
        into,
        environment(built.environment()),
        () -> {
          built.close();
          dropKept();
        });
  }

  private Broken segments(Path into) {
    ThreeSegments built = ThreeSegments.build(server, into);
    return broken(
        built.database(),
        into,
        environment(Map.of("DATABASE_URL", server.url(built.database()))),
        () -> {
          built.close();
          dropKept();
        });
  }

  private static Broken broken(
      String database, Path project, Map<String, String> environment, Runnable end) {
    return new Broken() {
      @Override
      public String database() {
        return database;
      }

      @Override
      public Path project() {
        return project;
      }

      @Override
      public Map<String, String> environment() {
        return environment;
      }

      @Override
      public void close() {
        end.run();
      }
    };
  }
}
