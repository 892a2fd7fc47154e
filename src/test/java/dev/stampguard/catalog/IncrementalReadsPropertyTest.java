package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.stampguard.catalog.RandomDdl.Statement;
import dev.stampguard.catalog.RandomDdl.Step;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
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
 * full read finds, and whenever there are some the catalog is another edition. Each case is its
 * seed; more of them with {@code -Dstampguard.cases=1000}. A failing sequence is cut down to what
 * it takes.
 */
@Tag("postgres")
class IncrementalReadsPropertyTest {
  private static final int USUAL_CASES = 24;
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
    Optional<Difference> difference = difference(steps, seed);
    if (difference.isPresent()) {
      fail(shrunk(steps.subList(0, difference.get().steps()), seed, difference.get()));
    }
  }

  /** Statements that all fail would prove nothing. */
  @AfterAll
  static void mostTemplatesWorked() {
    assertThat(WORKED).hasSizeGreaterThan(RandomDdl.TEMPLATES.size() / 2);
  }

  /**
   * What an increment got wrong.
   *
   * @param steps how many it took
   */
  private record Difference(int steps, String text) {}

  private static Optional<Difference> difference(List<Step> steps, int seed) throws SQLException {
    var server = PostgresServer.shared();
    String database = server.createDatabase();
    try (Connection scripts = server.connect(database);
        Connection busy = server.connect("postgres");
        PostgresConnection one = Connectors.connector().open(onlooker(server, database));
        PostgresConnection other = Connectors.connector().open(server.target(database));
        PostgresConnection marks = Connectors.connector().open(server.target(database))) {
      run(scripts, "SET search_path = public, app, lab; SET allow_system_table_mods = on");
      if (seed % 4 == 0) {
        // Somebody else's transaction, elsewhere on the server, that takes its time.
        run(busy, "BEGIN; SELECT txid_current()");
      }
      var incremental = IncrementalReads.begin(one);
      var full = new FullReads(other);
      String edition = edition(marks);
      int done = 0;
      for (Step step : steps) {
        perform(step, scripts);
        done++;
        List<CatalogChange> expected = full.changes();
        List<CatalogChange> found = incremental.changes();
        if (!found.equals(expected)) {
          return Optional.of(
              new Difference(done, "expected %s%n   found %s".formatted(expected, found)));
        }
        String next = edition(marks);
        if (!expected.isEmpty() && next.equals(edition)) {
          return Optional.of(new Difference(done, "another edition has to tell " + expected));
        }
        edition = next;
      }
      return incremental.isProven()
          ? Optional.empty()
          : Optional.of(new Difference(done, "not proven"));
    } finally {
      server.execute("postgres", "DROP DATABASE " + database);
    }
  }

  private static String edition(PostgresConnection connection) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      return transaction.runLast(CatalogReader.edition(connection.version()).orElseThrow()).text(1);
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

  /**
   * Leaves out whatever the difference does not need: a whole step, or else statement by statement.
   */
  private static String shrunk(List<Step> steps, int seed, Difference first) throws SQLException {
    var current = new ArrayList<>(steps);
    Difference difference = first;
    for (int at = steps.size() - 1; at >= 0; at--) {
      int size = current.get(at).statements().size();
      for (int without = size; without >= 0; without--) {
        Step step = current.get(at);
        // Begins with all of them at once.
        var fewer = new ArrayList<>(without == size ? List.<Statement>of() : step.statements());
        if (without < size) {
          fewer.remove(without);
        }
        current.set(at, new Step(step.together(), fewer));
        Optional<Difference> still = difference(current, seed);
        if (still.isEmpty()) {
          current.set(at, step);
        } else if (without == size) {
          break;
        }
        difference = still.orElse(difference);
      }
    }
    return "seed %d:%s%n%s".formatted(seed, text(current), difference.text());
  }

  private static String text(List<Step> steps) {
    var text = new StringBuilder();
    for (Step step : steps) {
      if (step.statements().isEmpty()) {
        continue;
      }
      text.append(step.together() ? "\n  in one transaction:" : "\n  one by one:");
      step.statements().forEach(statement -> text.append("\n    ").append(statement.sql()));
    }
    return text.toString();
  }
}
