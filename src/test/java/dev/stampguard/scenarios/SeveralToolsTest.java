package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A project with Alembic and Flyway, and a database with a ledger of each. */
class SeveralToolsTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;
  private AlembicFiles files;

  @BeforeEach
  void build() {
    files =
        new AlembicFiles(project)
            .revision("aaa", "None", "op.create_table('users', sa.Column('id', sa.Integer()))")
            .revision("bbb", "'aaa'", "op.create_table('orders', sa.Column('id', sa.Integer()))")
            .write("flyway.toml", "[flyway]\nlocations = ['filesystem:sql']\n")
            .write("sql/V1__stock.sql", "CREATE TABLE stock (id int);\n")
            .write("sql/V2__prices.sql", "CREATE TABLE prices (id int);\n");
    server.execute(
        database,
        """
        CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('bbb');
        CREATE TABLE users (id integer);
        CREATE TABLE orders (id integer)
        """);
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://localhost:%d/%s".formatted(server.port(), database),
            "postgres",
            "postgres")
        .locations("filesystem:" + project.resolve("sql"))
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  private InProcess.Result run(String... words) {
    return InProcess.run(
        project,
        Map.of(
            "DATABASE_URL",
            server.url(database),
            "PATH",
            PostgresClient.forServer(18).directory() + File.pathSeparator + System.getenv("PATH")),
        words);
  }

  private Json document(String command, String... options) {
    var words = new ArrayList<>(List.of(command, "--output", "json"));
    words.addAll(Arrays.asList(options));
    InProcess.Result result = run(words.toArray(String[]::new));
    assertThat(DocumentSchema.violations(result.out())).as(result.out() + result.err()).isEmpty();
    return Json.parse(result.out());
  }

  private Json diagnose(String... options) {
    var words = new ArrayList<>(List.of("--scratch", "none"));
    words.addAll(Arrays.asList(options));
    return document("diagnose", words.toArray(String[]::new));
  }

  private void damage(String tools) {
    if (tools.contains("alembic")) {
      server.execute(database, "DROP TABLE orders");
    }
    if (tools.contains("flyway")) {
      server.execute(database, "DROP TABLE prices");
    }
  }

  /** Each tool with its verdict and its findings' codes. */
  private static List<String> sections(Json document) {
    return document.objects("migration_tools").stream()
        .map(
            tool ->
                "%s %s %s"
                    .formatted(tool.string("name"), tool.string("verdict"), codes(tool))
                    .strip())
        .toList();
  }

  private static String codes(Json holder) {
    return String.join(
        " ", holder.objects("findings").stream().map(found -> found.string("code")).toList());
  }

  @Test
  void whereBothAreHealthyTheGateIsSilentAndNothingIsExtra() {
    InProcess.Result check = run("check");
    assertThat(check.err() + check.out()).isEmpty();
    assertThat(check.exitCode()).isZero();
    for (String tool : List.of("alembic", "flyway")) {
      Json document = diagnose("--tool", tool);
      assertThat(document.strings("extras")).isEmpty();
      assertThat(sections(document)).containsExactly(tool + " consistent");
    }
    Json both = diagnose();
    assertThat(both.string("verdict")).isEqualTo("consistent");
    assertThat(both.object("migration_tool").orElseThrow().string("name")).isEqualTo("alembic");
    assertThat(sections(both)).containsExactly("alembic consistent", "flyway consistent");
    assertThat(both.strings("extras")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "alembic, SG102, alembic inconsistent SG102, flyway consistent",
    "flyway, SG102, alembic consistent, flyway inconsistent SG102",
    "alembic flyway, SG102 SG102, alembic inconsistent SG102, flyway inconsistent SG102"
  })
  void theWorstOfThemIsTheAnswer(String damaged, String all, String first, String second) {
    damage(damaged);
    Json document = diagnose();
    assertThat(document.string("verdict")).isEqualTo("inconsistent");
    assertThat(codes(document)).isEqualTo(all);
    assertThat(sections(document)).containsExactly(first, second);
    assertThat(sections(document("check"))).containsExactly(first, second);
    String tool = damaged.split(" ")[0];
    InProcess.Result check = run("check");
    assertThat(check.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(check.err().lines()).hasSize(1);
    assertThat(check.err()).contains("`%s` by %s is recorded at".formatted(database, tool));
    assertThat(run("check", "--tool", tool).exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    if (damaged.equals(tool)) {
      String other = tool.equals("flyway") ? "alembic" : "flyway";
      assertThat(run("check", "--tool", other).exitCode()).isZero();
    }
  }

  @Test
  void eachToolsStoryStandsUnderItsName() {
    damage("flyway");
    String text = run("diagnose", "--scratch", "none").out();
    assertThat(text)
        .startsWith("inconsistent: `" + database + "` on ")
        .containsSubsequence(
            "alembic in `migrations`: consistent",
            "Findings: none",
            "flyway in `sql`: inconsistent",
            "SG102",
            "`stampguard repair --tool flyway` plans it",
            "recreate  possible",
            "Siblings");
  }

  @Test
  void everyFormTellsWhatTheSecondToolFinds() {
    damage("flyway");
    for (String form : List.of("github", "sarif", "junit", "html")) {
      String out = run("diagnose", "--scratch", "none", "--output", form).out();
      assertThat(out).as(form).contains("SG102", "prices");
      if (form.equals("html")) {
        assertThat(out).contains("stampguard repair --tool flyway --strategy restamp");
      }
    }
    assertThat(run("diagnose", "--scratch", "none", "--output", "github").out())
        .contains("file=sql/V2__prices.sql");
  }

  @Test
  void aRepairSaysWhichToolToName() {
    damage("flyway");
    InProcess.Result one = run("repair", "--scratch", "none");
    assertThat(one.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(one.err())
        .contains("a repair follows one migration tool, and there are findings by flyway")
        .contains("hint: `stampguard repair --tool flyway --scratch none`");
    damage("alembic");
    assertThat(run("repair", "--scratch", "none").err())
        .contains("findings by alembic and by flyway")
        .contains("`stampguard repair --tool alembic --scratch none`, then `stampguard");
    assertThat(run("repair", "--scratch", "none", "--strategy", "missing").err())
        .contains("`stampguard repair --tool alembic --strategy missing --scratch none`, then");
    assertThat(run("repair", "--scratch", "none", "--tool", "flyway").exitCode()).isZero();
  }

  @Test
  void aRepairOfOneToolLeavesTheOthersObjectsAlone() {
    damage("flyway");
    String[] words = {"repair", "--tool", "flyway", "--scratch", server.url("postgres")};
    String[] apply = {"--apply", "--yes", "--backup", "none"};
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of(apply));
    InProcess.Result done = run(all.toArray(String[]::new));
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(run("check").exitCode()).isZero();
  }

  private InProcess.Result recreate(String... more) {
    var words =
        new ArrayList<>(
            List.of("repair", "--tool", "flyway", "--strategy", "recreate", "--backup", "none"));
    words.addAll(List.of("--scratch", server.url("postgres"), "--apply", "--yes"));
    words.addAll(List.of("--allow", "replaces-database"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void aNewDatabaseIsBuiltByEveryTool() {
    files.write("sql/V3__view.sql", "CREATE VIEW known AS SELECT id FROM users;\n");
    server.execute(database, "DROP TABLE prices; INSERT INTO users VALUES (7)");

    InProcess.Result done = recreate("--copy-data");

    assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
    assertThat(run("check", "--require-head").err()).isEmpty();
    assertThat(
            server.texts(
                database,
                "SELECT version_num FROM alembic_version UNION ALL"
                    + " SELECT version FROM flyway_schema_history WHERE success UNION ALL"
                    + " SELECT id::text FROM users"))
        .containsExactlyInAnyOrder("bbb", "1", "2", "3", "7");
  }

  @Test
  void whereToolsNeedEachOtherTheWayByHandIsSaid() {
    files.revision("ccc", "'bbb'", "op.execute('CREATE VIEW later AS SELECT id FROM stock')");
    server.execute(
        database,
        "UPDATE alembic_version SET version_num = 'ccc';"
            + " CREATE VIEW later AS SELECT id FROM stock; DROP TABLE prices");
    InProcess.Result refused = recreate();
    assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(refused.err())
        .contains("by alembic, which ran in the order alembic, flyway: ", "`ccc`")
        .contains("hint: where another order is needed, make a database `" + database + "_new`");
  }

  @Test
  void aRunIsHeldAgainstEveryTool() {
    damage("flyway");
    InProcess.Result idle = run("exec", "--", "true");
    assertThat(idle.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(idle.err()).contains("`true` said it succeeded", "revision `2`");
    assertThat(run("exec", "--", "true", "alembic").err())
        .contains("by flyway is recorded at 2 but really at 1")
        .doesNotContain("said it succeeded");
  }

  @Test
  void historyIsOfTheFirstToolOrTheOneThatIsMeant() {
    assertThat(run("history").out()).contains("bbb").doesNotContain("prices");
    assertThat(run("history", "--tool", "flyway").out()).contains("prices");
  }

  @Test
  void everyToolHasALockFileOfItsOwn() throws IOException {
    String scratch = server.url("postgres");
    files.write("stampguard.properties", "tool=flyway\n");
    InProcess.Result one = run("snapshot", "--scratch", scratch);
    assertThat(one.exitCode()).as(one.err()).isZero();
    assertThat(one.out()).contains("stampguard.flyway.lock");
    assertThat(project.resolve("stampguard.lock")).doesNotExist();
    assertThat(diagnose().object("expectation").orElseThrow().string("source")).isEqualTo("lock");

    // A project that had Flyway alone before there was Alembic keeps its file.
    Files.move(project.resolve("stampguard.flyway.lock"), project.resolve("stampguard.lock"));
    assertThat(run("snapshot", "--check", "--scratch", scratch).exitCode()).isZero();
    Files.delete(project.resolve("stampguard.properties"));
    Json both = diagnose();
    assertThat(
            both.objects("migration_tools").stream()
                .map(tool -> tool.object("expectation").orElseThrow().string("source")))
        .containsExactly("scripts", "lock");
    assertThat(run("check", "--offline").exitCode()).isZero();
    files.write("sql/V1__stock.sql", "CREATE TABLE stock (id bigint);\n");
    InProcess.Result edited = run("check", "--offline", "--fail-on", "warning");
    assertThat(edited.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(edited.err()).contains("SG114");
  }

  @Test
  void bothAreReadInOneMessage() throws IOException {
    try (var proxy = new CountingProxy(server.port())) {
      String url =
          server.url(database).replace(":" + server.port() + "/", ":" + proxy.port() + "/");
      InProcess.Result result =
          InProcess.run(project, Map.of("DATABASE_URL", url + "?sslmode=disable"), "check");
      assertThat(result.exitCode()).as(result.err()).isZero();
      long both = proxy.roundTrips();
      try (var alone = new CountingProxy(server.port())) {
        String other =
            server.url(database).replace(":" + server.port() + "/", ":" + alone.port() + "/");
        InProcess.run(
            project, Map.of("DATABASE_URL", other + "?sslmode=disable"), "check", "--tool=alembic");
        assertThat(both).isEqualTo(alone.roundTrips());
      }
    }
  }

  @Test
  void aFleetIsJudgedByBoth() {
    damage("flyway");
    InProcess.Result result = run("check", "--databases", database);
    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out()).contains("inconsistent", "by flyway is recorded at");
  }

  @Test
  void acceptedDriftIsAcceptedOfAnyTool() {
    server.execute(
        database, "ALTER TABLE prices ADD COLUMN note text; CREATE TABLE loose (id int)");
    Json found = diagnose();
    assertThat(codes(found)).isEqualTo("SG112 SG112");
    assertThat(found.strings("extras"))
        .containsExactly("column public.prices.note", "table public.loose");
    files.write("stampguard.properties", "ignore=SG112:table public.loose # of the reports\n");
    InProcess.Result check = run("check");
    assertThat(check.exitCode()).isZero();
    assertThat(check.err()).doesNotContain("accepts drift that is not there");
  }
}
