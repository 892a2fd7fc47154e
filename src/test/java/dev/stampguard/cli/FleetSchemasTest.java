package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampguard.ExitCode;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many schemas of one database, each with a ledger and objects of its own. */
@Tag("postgres")
@Timeout(120)
class FleetSchemasTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HEALTHY =
      FleetBench.LEDGER + FleetBench.FIRST + FleetBench.SECOND + FleetBench.stamp("a2");
  private static final String HOLLOW =
      FleetBench.LEDGER + FleetBench.FIRST + FleetBench.stamp("a2");

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;
  private FleetBench bench;
  private String database;

  @BeforeEach
  void build() {
    bench = new FleetBench(server, project);
    database = bench.database("tenants", "SELECT");
  }

  @AfterEach
  void drop() {
    bench.close();
  }

  private void schema(String name, String sql) {
    server.execute(
        database,
        "CREATE SCHEMA \"%1$s\"; SET search_path = \"%1$s\"; %2$s"
            .formatted(name.replace("\"", "\"\""), sql));
  }

  private static List<JsonNode> documents(InProcess.Result result) throws IOException {
    var documents = new ArrayList<JsonNode>();
    for (String line : result.out().lines().toList()) {
      assertThat(DocumentSchema.violations(line)).as(line).isEmpty();
      documents.add(MAPPER.readTree(line));
    }
    return documents;
  }

  private static String objects(JsonNode document) {
    return document.path("findings").findValues("objects").toString();
  }

  private void snapshot() {
    Alembic.require();
    InProcess.Result result =
        InProcess.run(
            project,
            ReplayEnvironment.variables(),
            "snapshot",
            "--scratch",
            server.url("postgres"),
            "--url",
            url());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private String url() {
    return server.url(database);
  }

  @Test
  void everySchemaThatFitsIsALineByName() {
    schema("t_c", FleetBench.LEDGER + FleetBench.FIRST + FleetBench.stamp("a1"));
    schema("t_b", HOLLOW);
    schema("t_a", HEALTHY);
    schema("t_new", "SELECT");
    schema("Tenant \"4\"", HEALTHY);
    schema("another", HOLLOW);
    // A schema that tenants are copied from must not stand in for what one of them lacks.
    server.execute(database, HEALTHY);

    InProcess.Result result = bench.check("--schemas", "t_*,Tenant*");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Tenant \"4\"  consistent "),
            line -> assertThat(line).startsWith("t_a         consistent "),
            line -> assertThat(line).startsWith("t_b         inconsistent ").contains("1 table"),
            line -> assertThat(line).startsWith("t_c         behind ").contains("1 revision"),
            line -> assertThat(line).startsWith("t_new       behind ").contains("has no ledger"));
    assertThat(result.err())
        .startsWith("stampguard: 5 schemas: 2 consistent, 1 inconsistent, 2 behind (");
  }

  @Test
  void findingsNameTheSchema() throws IOException {
    schema("t_a", HEALTHY + "CREATE TABLE extra (id integer);");
    schema("t_b", HOLLOW);

    List<JsonNode> documents = documents(bench.check("--schemas", "t_*", "--output", "json"));

    assertThat(documents)
        .extracting(d -> d.at("/ledger/table").asText())
        .containsExactly("t_a.alembic_version", "t_b.alembic_version");
    assertThat(objects(documents.getFirst())).isEqualTo("[[\"table t_a.extra\"]]");
    assertThat(objects(documents.getLast())).isEqualTo("[[\"table t_b.notes\"]]");
  }

  @Test
  void theLockFileIsGoodForEverySchema() throws IOException {
    snapshot();
    schema("t_a", HEALTHY);
    schema("t_b", HEALTHY + "ALTER TABLE users ALTER email TYPE varchar(80);");
    schema("t_c", HOLLOW);
    schema("t_d", HEALTHY + "ALTER TABLE notes ALTER mood SET DEFAULT 'sad';");

    List<JsonNode> documents = documents(bench.check("--schemas", "t_*", "--output", "json"));

    assertThat(documents)
        .extracting(d -> d.at("/expectation/source").asText())
        .containsOnly("lock");
    assertThat(documents)
        .extracting(d -> d.path("verdict").asText())
        .containsExactly("consistent", "inconsistent", "inconsistent", "inconsistent");
    assertThat(objects(documents.get(1))).isEqualTo("[[\"column t_b.users.email\"]]");
    assertThat(objects(documents.get(2))).isEqualTo("[[\"table t_c.notes\"]]");
    assertThat(objects(documents.get(3))).isEqualTo("[[\"column t_d.notes.mood\"]]");
    assertThat(documents.toString()).doesNotContain("public.");
  }

  /** What every tenant uses is in one place, which the scripts name. */
  @Test
  void whatTheScriptsPutElsewhereIsEverybodys() throws IOException {
    new AlembicFiles(project)
        .revision(
            "a3",
            "'a2'",
            """
            op.execute("CREATE SCHEMA IF NOT EXISTS shared")
            op.execute("CREATE TABLE IF NOT EXISTS shared.currencies (code text PRIMARY KEY)")
            op.execute("CREATE TABLE IF NOT EXISTS public.countries (code text PRIMARY KEY)")
            """);
    String tenant = HEALTHY + "UPDATE alembic_version SET version_num = 'a3';";
    schema("t_a", tenant);
    schema("t_b", tenant);
    schema("shared", "CREATE TABLE currencies (code text PRIMARY KEY)");
    server.execute(database, "CREATE TABLE countries (code text PRIMARY KEY)");

    assertThat(bench.check("--schemas", "t_*").exitCode()).isZero();
    snapshot();
    InProcess.Result locked = bench.check("--schemas", "t_*", "--output", "json");
    assertThat(locked.exitCode()).as(locked.out()).isZero();
    assertThat(locked.out()).contains("\"source\":\"lock\"");

    server.execute(database, "DROP TABLE countries");
    List<JsonNode> documents = documents(bench.check("--schemas", "t_*", "--output", "json"));
    assertThat(documents)
        .hasSize(2)
        .allSatisfy(d -> assertThat(objects(d)).isEqualTo("[[\"table public.countries\"]]"));
  }

  @Test
  void aLedgerThatMustNotBeReadIsALineOfItsOwn() throws IOException {
    schema("t_a", HEALTHY);
    schema("t_b", HEALTHY);
    server.execute(
        database,
        """
        CREATE ROLE fleet_reader LOGIN PASSWORD 'hunter2';
        GRANT USAGE ON SCHEMA t_a, t_b TO fleet_reader;
        GRANT SELECT ON t_a.alembic_version TO fleet_reader;
        """);
    try {
      InProcess.Result result =
          bench.check(
              "--schemas",
              "t_*",
              "--output",
              "json",
              "--url",
              url().replace("postgres:postgres@", "fleet_reader:hunter2@"));

      assertThat(result.exitCode()).isEqualTo(ExitCode.NO_ACCESS.code());
      List<JsonNode> documents = documents(result);
      assertThat(documents.getFirst().path("verdict").asText()).isEqualTo("consistent");
      assertThat(documents.getLast().path("schema").asText()).isEqualTo("t_b");
      assertThat(documents.getLast().at("/error/message").asText())
          .contains("`fleet_reader` may not read the ledger `t_b.alembic_version`");
      assertThat(result.out() + result.err()).doesNotContain("hunter2");
    } finally {
      server.execute(database, "DROP OWNED BY fleet_reader; DROP ROLE fleet_reader");
    }
  }

  private int roundTrips(int expectedExit) throws IOException {
    try (CountingProxy proxy = new CountingProxy(server.port())) {
      InProcess.Result result =
          bench.check(
              "--schemas",
              "t_*",
              "--url",
              url().replace(":" + server.port() + "/", ":" + proxy.port() + "/"));
      assertThat(result.exitCode()).as(result.err()).isEqualTo(expectedExit);
      return settled(proxy);
    }
  }

  /** The last word, which takes leave, may still be on its way. */
  private static int settled(CountingProxy proxy) {
    int before = -1;
    while (before != proxy.roundTrips()) {
      before = proxy.roundTrips();
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return before;
  }

  @Test
  void allSchemasCostTheRoundTripsOfOne() throws IOException {
    schema("t_0", HEALTHY);
    int one = roundTrips(0);
    for (int i = 1; i < 12; i++) {
      schema("t_" + i, HEALTHY);
    }
    assertThat(roundTrips(0)).isEqualTo(one);

    for (int i = 1; i < 6; i++) {
      server.execute(database, "DROP TABLE t_%d.notes".formatted(i));
    }
    // A bad answer is confirmed by one more look, whoever it is about.
    assertThat(roundTrips(3)).isEqualTo(one + 2);
  }

  @Test
  void nothingThatFitsIsAMistake() {
    InProcess.Result result = bench.check("--schemas", "t_*");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err())
        .startsWith("stampguard: no schema of `" + database + "` fits `--schemas t_*`");
  }

  @Test
  void aConfiguredSchemaOfTheLedgerIsRefused() throws IOException {
    schema("t_a", HEALTHY);
    Files.writeString(project.resolve("stampguard.properties"), "version-table-schema=t_a\n");

    InProcess.Result result = bench.check("--schemas", "t_*");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("puts the ledger into the schema `t_a`");
  }
}
