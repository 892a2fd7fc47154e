package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.RandomDdl.Statement;
import dev.stampguard.catalog.RandomDdl.Step;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random statements, several a step: after every step the increments are, change by change, what a
 * full read finds. Each case is its seed; more of them with {@code -Dstampguard.cases=1000}. A
 * failing sequence is cut down to what it takes.
 */
@Tag("postgres")
class IncrementalReadsPropertyTest {
  private static final int USUAL_CASES = 40;
  private static final int CASES = Integer.getInteger("stampguard.cases", USUAL_CASES);
  private static final Set<String> WORKED = new TreeSet<>();

  static List<Integer> seeds() {
    return IntStream.range(0, CASES).boxed().toList();
  }

  @BeforeAll
  static void someoneWithoutRights() {
    PostgresServer.shared()
        .execute(
            "postgres",
            "DO $$ BEGIN CREATE ROLE onlooker LOGIN PASSWORD 'onlooker'; EXCEPTION WHEN"
                + " duplicate_object THEN NULL; END $$");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void incrementsAreWhatFullReadsFind(int seed) throws SQLException {
    List<Step> steps = new RandomDdl(seed).sequence();
    Optional<String> difference = difference(steps, seed);
    if (difference.isPresent()) {
      List<Step> fewer = shrunk(steps, seed);
      assertThat(difference(fewer, seed).orElse(difference.get()))
          .as("seed %d: %s", seed, text(fewer))
          .isEmpty();
    }
  }

  /** Not one template may be dead. */
  @AfterAll
  static void everyTemplateWorkedOnce() {
    if (CASES > 300) {
      assertThat(RandomDdl.TEMPLATES.stream().filter(t -> !WORKED.contains(t))).isEmpty();
    }
  }

  /** What an increment got wrong; empty when none did. */
  private static Optional<String> difference(List<Step> steps, int seed) throws SQLException {
    var server = PostgresServer.shared();
    String database = server.createDatabase();
    try (Connection scripts = server.connect(database);
        Connection busy = server.connect("postgres");
        PostgresConnection one = Connectors.connector().open(onlooker(server, database));
        PostgresConnection other = Connectors.connector().open(server.target(database))) {
      run(scripts, "SET search_path = public, app, lab; SET allow_system_table_mods = on");
      if (seed % 4 == 0) {
        // Somebody else's transaction, elsewhere on the server, that takes its time.
        run(busy, "BEGIN; SELECT txid_current()");
      }
      var incremental = IncrementalReads.begin(one);
      var full = new FullReads(other);
      for (Step step : steps) {
        perform(step, scripts);
        List<CatalogChange> expected = full.changes();
        List<CatalogChange> found = incremental.changes();
        if (!found.equals(expected)) {
          return Optional.of("%s%nexpected %s%nfound %s".formatted(step, expected, found));
        }
      }
      return incremental.isProven() ? Optional.empty() : Optional.of("not proven");
    } finally {
      server.execute("postgres", "DROP DATABASE " + database);
    }
  }

  private static Target onlooker(PostgresServer server, String database) {
    Target target = server.target(database);
    return new Target(
        target.database(),
        target.endpoints(),
        "onlooker",
        Optional.of(new Secret("onlooker")),
        target.parameters(),
        target.source());
  }

  private static void perform(Step step, Connection scripts) throws SQLException {
    if (!step.together()) {
      step.statements().forEach(statement -> run(scripts, statement));
      return;
    }
    run(scripts, "BEGIN");
    for (Statement statement : step.statements()) {
      run(scripts, "SAVEPOINT before");
      if (!run(scripts, statement)) {
        run(scripts, "ROLLBACK TO before");
      }
    }
    run(scripts, "COMMIT");
  }

  private static boolean run(Connection connection, Statement statement) {
    try {
      run(connection, statement.sql());
      WORKED.add(statement.template());
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Leaves out whatever the failure does not need, statement by statement. */
  private static List<Step> shrunk(List<Step> steps, int seed) throws SQLException {
    List<Step> current = steps;
    for (int at = current.size() - 1; at >= 0; at--) {
      for (int i = current.get(at).statements().size() - 1; i >= 0; i--) {
        var statements = new ArrayList<>(current.get(at).statements());
        statements.remove(i);
        var candidate = new ArrayList<>(current);
        candidate.set(at, new Step(current.get(at).together(), statements));
        if (difference(candidate, seed).isPresent()) {
          current = candidate;
        }
      }
    }
    return current.stream().filter(step -> !step.statements().isEmpty()).toList();
  }

  private static String text(List<Step> steps) {
    var text = new StringBuilder();
    for (Step step : steps) {
      text.append(step.together() ? "\n  in one transaction:" : "\n  one by one:");
      step.statements().forEach(statement -> text.append("\n    ").append(statement.sql()));
    }
    return text.toString();
  }
}
