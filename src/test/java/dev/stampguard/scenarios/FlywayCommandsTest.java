package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in a project of Flyway's. */
class FlywayCommandsTest {
  private static final String MEMBERS = "sql/V2__members.sql";

  private static final String HISTORY_OF_ANOTHER_PROJECT =
      "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),"
          + " description varchar(200), type varchar(20), script varchar(1000), checksum int,"
          + " installed_by varchar(100), installed_on timestamp, execution_time int, success boolean);";

  private final PostgresServer server = PostgresServer.shared();
  private final FlywayScenario library = FlywayScenario.load("library");

  @TempDir private Path project;

  private FlywayRuns build(FlywayScenario scenario) {
    String database = server.createDatabase();
    scenario.build(server, database, project);
    return new FlywayRuns(server, database, project);
  }

  private String[] scratch(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--scratch", server.url("postgres")));
    return all.toArray(String[]::new);
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(project.resolve(name).getParent());
      Files.writeString(project.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(project.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void isHealthy(InProcess.Result result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void aLockFileTellsACosmeticEditFromARealOne() {
    FlywayRuns runs = build(library);
    isHealthy(runs.run(scratch("snapshot")));
    isHealthy(runs.run(scratch("snapshot", "--check")));
    isHealthy(runs.run("check"));
    assertThat(runs.run("check", "--offline").exitCode()).isZero();
    assertThat(runs.run("diagnose", "--scratch", "none").out()).contains("stampguard.lock");

    String script = read(MEMBERS);
    write(MEMBERS, "-- Everybody.\n" + script);
    assertThat(runs.run(scratch("snapshot", "--check")).exitCode()).isEqualTo(3);
    assertThat(runs.run("check", "--offline").exitCode()).isEqualTo(3);
    assertThat(runs.run(scratch("diagnose")).out())
        .contains("SG114", "the same behind", "`stampguard repair --strategy restamp`");
    isHealthy(runs.run(scratch("repair", "--strategy", "restamp", "--apply", "--yes")));
    library.requireDone(server, runs.database(), project);
    assertThat(runs.run(scratch("diagnose")).out()).contains("`stampguard snapshot` takes note");

    write(MEMBERS, script.replace("200", "300"));
    assertThat(runs.run(scratch("diagnose")).out())
        .contains("SG114", "SG105", "column public.members.email");
  }

  @Test
  void aRepairIsBackedUpAndUndone() {
    FlywayRuns runs = build(FlywayScenario.load("sg102-suffix"));

    var repair = runs.run(scratch("repair", "--apply", "--yes", "--output", "json"));
    isHealthy(repair);
    Json result = Json.parse(repair.out()).object("result").orElseThrow();
    assertThat(result.string("verdict")).isEqualTo("consistent");
    library.requireDone(server, runs.database(), project);

    var restore = runs.run("restore", result.string("backup"));
    isHealthy(restore);
    assertThat(runs.story("--scratch", "none")).isEqualTo("inconsistent SG102(10)");
  }

  @Test
  void aSiblingServesTheRun() {
    FlywayRuns runs = build(FlywayScenario.load("sg102-suffix"));
    String sibling = server.createDatabase();
    library.engine(server, sibling, project).load().migrate();
    write(".env", "DATABASE_URL=" + server.url(runs.database()) + "\n");
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));

    InProcess.Result switched =
        InProcess.run(
            project,
            environment,
            scratch(
                "repair",
                "--strategy",
                "switch",
                "--to",
                sibling,
                "--apply",
                "--yes",
                "--allow",
                "edits-env-file"));

    isHealthy(switched);
    assertThat(read(".env")).isEqualTo("DATABASE_URL=" + server.url(sibling) + "\n");
    isHealthy(InProcess.run(project, environment, "check"));
  }

  /** Neither way ends both; each must end its own, one after the other. */
  @Test
  void whatIsAlteredAndWhatIsUnrecordedAreRepairedInTurns() {
    FlywayRuns runs = build(FlywayScenario.load("sg107-history-set-back"));
    server.execute(runs.database(), "ALTER TABLE loans ALTER COLUMN due TYPE timestamp");
    assertThat(runs.story("--scratch", server.url("postgres")))
        .isEqualTo("inconsistent SG105(3) SG107(10)");

    var graft =
        runs.run(
            scratch(
                "repair",
                "--strategy",
                "graft",
                "--redefine",
                "--apply",
                "--yes",
                "--allow",
                "takes-access-exclusive-lock,rewrites-table"));
    isHealthy(graft);
    assertThat(graft.out()).contains("something else is left");
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("inconsistent SG107(10)");

    isHealthy(runs.run(scratch("repair", "--strategy", "restamp", "--apply", "--yes")));
    library.requireDone(server, runs.database(), project);
  }

  @Test
  void anotherProjectsDatabaseIsNoSiblingForItsVersionNumbers() {
    FlywayRuns runs = build(library);
    String stranger = server.createDatabase();
    server.execute(
        stranger,
        HISTORY_OF_ANOTHER_PROJECT
            + " INSERT INTO flyway_schema_history VALUES (1, '1', 'invoices', 'SQL',"
            + " 'V1__invoices.sql', 4711, 'x', now(), 0, true); CREATE TABLE invoices (id int)");

    var diagnosis = runs.run(scratch("diagnose", "--output", "json"));
    isHealthy(diagnosis);
    assertThat(diagnosis.out()).contains("\"siblings\"").doesNotContain(stranger);
  }

  @Test
  void flywaysOwnUrlIsTheLastResort() {
    FlywayRuns runs = build(library);
    write(
        "flyway.conf",
        read("flyway.conf")
            + "flyway.url=jdbc:postgresql://localhost:%d/%s\nflyway.user=postgres\nflyway.password=postgres\n"
                .formatted(server.port(), runs.database()));

    InProcess.Result target = InProcess.run(project, Map.of(), "target");
    isHealthy(target);
    assertThat(target.out())
        .contains(runs.database(), "flyway.conf url")
        .doesNotContain("password=");
    isHealthy(InProcess.run(project, Map.of(), "check"));
  }

  @Test
  void theHistoryIsWrittenAsFlywayWritesIt() {
    FlywayRuns runs = build(FlywayScenario.load("sg119-no-history"));
    isHealthy(
        runs.run(
            scratch("repair", "--strategy", "restamp", "--apply", "--yes", "--backup", "none")));
    String theirs = server.createDatabase();
    library.engine(server, theirs, project).load().migrate();

    for (String sql :
        List.of(
            "SELECT installed_rank || ' ' || coalesce(version, '') || ' ' || description || ' '"
                + " || type || ' ' || script || ' ' || checksum || ' ' || installed_by || ' '"
                + " || success FROM flyway_schema_history ORDER BY installed_rank",
            "SELECT attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' '"
                + " || coalesce((SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef d"
                + " WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum), '')"
                + " FROM pg_attribute a WHERE attrelid = 'flyway_schema_history'::regclass"
                + " AND attnum > 0 ORDER BY attnum",
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
                + " WHERE indrelid = 'flyway_schema_history'::regclass ORDER BY 1",
            "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
                + " WHERE conrelid = 'flyway_schema_history'::regclass AND contype = 'p'")) {
      assertThat(server.texts(runs.database(), sql)).as(sql).isEqualTo(server.texts(theirs, sql));
    }
  }

  @Test
  void aBaselineScriptStandsForWhatItWasMadeOf() {
    FlywayRuns runs = build(FlywayScenario.load("empty"));
    for (String file : List.of("V1__authors", "V1_1__books", "V2__members", "V3__loans")) {
      delete("sql/" + file + ".sql");
    }
    write(
        "sql/B3__base.sql",
        """
        CREATE TABLE authors (id integer PRIMARY KEY);
        CREATE TABLE books (id integer PRIMARY KEY, title text);
        CREATE TABLE members (id integer PRIMARY KEY, email text);
        CREATE TABLE loans (id integer PRIMARY KEY, book_id integer, member_id integer, due date);
        """);
    library.engine(server, runs.database(), project).load().migrate();

    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
    assertThat(runs.story(scratch())).isEqualTo("consistent");
    server.execute(runs.database(), "DROP TABLE fines");
    isHealthy(runs.run(scratch("repair", "--apply", "--yes", "--backup", "none")));
    library.requireDone(server, runs.database(), project);
  }

  private void delete(String name) {
    try {
      Files.delete(project.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aJavaMigrationIsTold() {
    FlywayRuns runs = build(library);
    write(
        "flyway.conf",
        "flyway.locations=filesystem:sql,classpath:db/migration\nflyway.placeholders.owner=library\n");
    write("src/main/java/db/migration/V20__Fill.java", "class V20__Fill {}");
    assertThat(runs.story("--scratch", "none")).isEqualTo("behind");

    server.execute(
        runs.database(),
        "INSERT INTO flyway_schema_history VALUES (9, '20', 'Fill', 'JDBC',"
            + " 'db.migration.V20__Fill', NULL, 'postgres', now(), 1, true)");

    assertThat(runs.story("--scratch", "none")).isEqualTo("unknown SG111(20)");
    assertThat(runs.run(scratch("diagnose")).out())
        .contains("SG111", "Java migration, which only Flyway");
  }

  @Test
  void aRepeatableScriptMayHoldPlaceholders() {
    FlywayRuns runs = build(FlywayScenario.load("empty"));
    write("sql/R__owner.sql", "CREATE OR REPLACE VIEW owner AS SELECT '${owner}'::text AS name;\n");
    library.engine(server, runs.database(), project).load().migrate();

    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
    write("flyway.conf", read("flyway.conf").replace("owner=library", "owner=nobody"));
    assertThat(runs.story("--scratch", "none")).isEqualTo("behind");
  }

  @Test
  void theInverseOfAStepBringsTheRowsBack() {
    FlywayRuns runs = build(FlywayScenario.load("sg102-suffix"));
    String sql = "SELECT h::text FROM flyway_schema_history h ORDER BY installed_rank";
    List<String> before = server.texts(runs.database(), sql);

    InProcess.Result plan =
        runs.run(scratch("repair", "--strategy", "restamp", "--output", "json"));
    isHealthy(plan);
    Json step = Json.parse(plan.out()).object("plan").orElseThrow().objects("steps").getFirst();
    server.execute(runs.database(), step.string("sql"));
    assertThat(server.texts(runs.database(), sql)).hasSize(before.size() - 1);
    server.execute(runs.database(), step.string("inverse"));

    assertThat(server.texts(runs.database(), sql)).isEqualTo(before);
  }

  @Test
  void eachSchemaMayHaveAHistory() {
    FlywayRuns runs = build(FlywayScenario.load("empty"));
    delete("sql/V4__loans_by_date.sql");
    for (String schema : List.of("tenant_a", "tenant_b")) {
      library.engine(server, runs.database(), project).defaultSchema(schema).load().migrate();
    }
    isHealthy(runs.run("check", "--schemas", "tenant_*"));
    server.execute(runs.database(), "DROP TABLE tenant_b.fines");

    InProcess.Result check = runs.run("check", "--schemas", "tenant_*");
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.out()).contains("tenant_a", "tenant_b").contains("1 table missing");
  }

  @Test
  void aCommandThatMigratedNothingIsTold() {
    FlywayRuns runs = build(FlywayScenario.load("behind"));

    InProcess.Result idle = runs.run("exec", "--", "true");

    assertThat(idle.exitCode()).as(idle.err()).isEqualTo(3);
    assertThat(idle.out() + idle.err()).contains("SG108");
  }

  @Test
  void aCheckLoadsNothingOfFlyways() throws IOException, InterruptedException {
    FlywayRuns runs = build(library);
    Path log = project.resolve("classes");
    var builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xlog:class+load:file=" + log,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-classpath",
                System.getProperty("java.class.path"),
                "dev.stampguard.cli.Main",
                "check",
                "--url",
                server.url(runs.database()))
            .directory(project.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("STAMPGUARD_"));
    Process check = builder.start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(check.exitValue()).as(said).isZero();
    var unwanted =
        Pattern.compile(
            "org\\.flywaydb|tool\\.flyway\\.replay\\.(?!FlywayRun)"
                + "|tool\\.alembic\\.(?!AlembicTool|AlembicSettings|IniFile)|jackson");
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded).anyMatch(line -> line.contains("tool.flyway.SchemaHistory"));
    assertThat(loaded).filteredOn(line -> unwanted.matcher(line).find()).isEmpty();
  }
}
