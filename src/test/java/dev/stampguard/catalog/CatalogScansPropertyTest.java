package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.RandomDdl.Step;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scans give the snapshot that the definitions give, or none: after every step of random
 * statements. Each case is its seed; more of them with {@code -Dstampguard.cases=1000}.
 */
@Tag("postgres")
class CatalogScansPropertyTest {
  private static final int USUAL_CASES = 24;
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final AtomicInteger TOLD = new AtomicInteger();
  private static final AtomicInteger LEFT = new AtomicInteger();

  static List<Integer> seeds() {
    return IntStream.range(0, Integer.getInteger("stampguard.cases", USUAL_CASES)).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void scansGiveWhatDefinitionsGive(int seed) throws SQLException {
    String database = SERVER.createDatabase();
    try (Connection scripts = SERVER.connect(database);
        PostgresConnection reader = Connectors.open(database)) {
      run(scripts, "SET search_path = public, app, lab; SET allow_system_table_mods = on");
      for (Step step : new RandomDdl(seed).sequence()) {
        step.statements().forEach(statement -> run(scripts, statement.sql()));
        compare(reader);
      }
    } finally {
      SERVER.execute("postgres", "DROP DATABASE " + database);
    }
  }

  /** Giving up always would prove nothing. */
  @AfterAll
  static void mostAreTold() {
    assertThat(TOLD).hasValueGreaterThan(LEFT.get() / 4);
  }

  @Test
  void everyTraitOfWhatTheyPutTogetherIsTold() throws IOException {
    String database = SERVER.createDatabase();
    try (InputStream script =
        CatalogScansPropertyTest.class.getResourceAsStream("/catalog/plain-traits.sql")) {
      SERVER.execute(database, new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    compare(database);
    assertThat(quick(database)).isPresent();
  }

  /** Whether such words are quoted depends on the major. */
  @Test
  void whatMajorsWriteInTheirOwnWaysIsLeft() {
    String database = SERVER.createDatabase();
    SERVER.execute(database, "CREATE TABLE a (json_table int PRIMARY KEY, i int, t text)");
    compare(database);
    assertThat(quick(database)).isEmpty();
  }

  @Test
  void aPrimaryKeyThatIncludesMoreIsLeft() {
    String database = SERVER.createDatabase();
    SERVER.execute(database, "CREATE TABLE a (i int, t text, PRIMARY KEY (i) INCLUDE (t))");
    compare(database);
    assertThat(quick(database)).isEmpty();
  }

  @Test
  void indexesOnTypesOfAllSortsAreTold() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        "CREATE TABLE a (c varchar(3), n name, o oid); CREATE INDEX ON a (c);"
            + " CREATE INDEX ON a (n name_ops); CREATE INDEX ON a (o)");
    compare(database);
    assertThat(quick(database)).isPresent();
  }

  /** What deparsing would open, and nobody asked for. */
  @Test
  void whatIsNotReadIsNotWaitedFor() throws SQLException {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        "CREATE TABLE a (id int PRIMARY KEY, n int CHECK (n > 0));"
            + " CREATE TABLE job (id int CHECK (id > 0), twice int GENERATED ALWAYS AS (id * 2) STORED);"
            + " CREATE INDEX ON job ((id + 1)); CREATE VIEW jobs AS SELECT id FROM job;"
            + " ALTER EXTENSION plpgsql ADD TABLE job; ALTER EXTENSION plpgsql ADD VIEW jobs");
    Optional<CatalogSnapshot> before = quick(database);
    try (Connection other = SERVER.connect(database)) {
      run(
          other,
          "CREATE TEMPORARY TABLE t (id int CHECK (id > 0), twice int GENERATED ALWAYS AS (id * 2) STORED)");
      other.setAutoCommit(false);
      run(other, "LOCK TABLE t; LOCK TABLE job");
      assertThat(quick(database)).isPresent().isEqualTo(before);
      assertThat(before.orElseThrow().objects()).hasSize(5);
    }
  }

  @Test
  void collationsThatTheTypeDoesNotHaveAreLeft() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database, "CREATE TABLE a (c information_schema.sql_identifier COLLATE \"default\")");
    compare(database);
    assertThat(quick(database)).isEmpty();
  }

  @Test
  void constraintsOfADomainAreInTheServersOrder() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        "CREATE DOMAIN d AS int CONSTRAINT \"\uff01\" CHECK (value > 1)"
            + " CONSTRAINT \"\ud83d\ude00\" CHECK (value < 5)");
    compare(database);
    assertThat(quick(database)).isPresent();
  }

  @Test
  void anOperatorClassThatVarcharTakesByItselfIsLeft() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        "CREATE OPERATOR CLASS v DEFAULT FOR TYPE varchar USING btree AS OPERATOR 1 < (text, text),"
            + " OPERATOR 2 <= (text, text), OPERATOR 3 = (text, text), OPERATOR 4 >= (text, text),"
            + " OPERATOR 5 > (text, text), FUNCTION 1 bttextcmp(text, text);"
            + " CREATE TABLE a (c varchar); CREATE INDEX ON a (c text_ops)");
    compare(database);
    assertThat(quick(database)).isEmpty();
  }

  private static Optional<CatalogSnapshot> quick(String database) {
    try (PostgresConnection reader = Connectors.open(database);
        var transaction = reader.readOnly()) {
      return transaction.run(CatalogReader.quick(reader, CatalogDepth.DEFINITIONS));
    }
  }

  private static void compare(String database) {
    try (PostgresConnection reader = Connectors.open(database)) {
      compare(reader);
    }
  }

  private static void compare(PostgresConnection reader) {
    try (var transaction = reader.readOnly()) {
      CatalogSnapshot expected =
          transaction.run(CatalogReader.query(reader, CatalogDepth.DEFINITIONS));
      Optional<CatalogSnapshot> found =
          transaction.run(CatalogReader.quick(reader, CatalogDepth.DEFINITIONS));
      (found.isPresent() ? TOLD : LEFT).incrementAndGet();
      if (found.isPresent()) {
        assertThat(found.get().objects()).isEqualTo(expected.objects());
        assertThat(found.get()).isEqualTo(expected);
      }
    }
  }

  private static void run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      // What does not fit fails; what went before counts.
    }
  }
}
