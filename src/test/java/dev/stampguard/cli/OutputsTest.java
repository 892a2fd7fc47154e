package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pipelines and people get of a database whose newest recorded revision never ran. */
class OutputsTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path repository;
  private Path project;

  @BeforeEach
  void begin() throws IOException {
    Files.createDirectory(repository.resolve(".git"));
    project = Files.createDirectories(repository.resolve("services/planner"));
    new AlembicFiles(project)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))")
        .revision("a2", "'a1'", "op.create_table('orders', sa.Column('id', sa.Integer))");
    server.execute(
        database,
        """
        CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('a2');
        CREATE TABLE users (id integer);
        """);
  }

  @AfterEach
  void drop() {
    server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  private InProcess.Result run(Map<String, String> environment, String... args) {
    var line = new ArrayList<>(List.of(args));
    line.addAll(List.of("--url", server.url(database)));
    return InProcess.run(project, environment, line.toArray(String[]::new));
  }

  @Test
  void anAnnotationStandsAtTheLineOfTheScriptInItsRepository() throws IOException {
    InProcess.Result result = run(Map.of(), "check", "--output", "github");
    int line =
        Files.readAllLines(project.resolve("migrations/versions/a2.py"))
                .indexOf("revision = \"a2\"")
            + 1;

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out())
        .startsWith(
            "::error file=services/planner/migrations/versions/a2.py,line=%d,title=SG102 "
                .formatted(line))
        .hasLineCount(1);
    assertThat(
            run(
                    Map.of("GITHUB_WORKSPACE", repository.resolve("services").toString()),
                    "check",
                    "--output",
                    "github")
                .out())
        .startsWith("::error file=planner/migrations/versions/a2.py,");
  }

  @Test
  void aHealthyDatabaseIsNoAnnotationButAReportAllTheSame() {
    server.execute(database, "CREATE TABLE orders (id integer)");

    assertThat(run(Map.of(), "check", "--output", "github"))
        .isEqualTo(new InProcess.Result(0, "", ""));
    assertThat(run(Map.of(), "check", "--output", "junit").out())
        .contains("tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"0\"");
    assertThat(run(Map.of(), "check", "--output", "sarif").out()).contains("\"results\": []");
  }

  @Test
  void aRuleForDriftThatIsNotThereIsToldOnce() throws IOException {
    Files.writeString(
        project.resolve("stampguard.properties"), "ignore=SG112:table public.gone # nobody's\n");
    onlyOnce();
    // Alembic takes no lock that others see: nobody has to look to know that this matches nothing.
    Files.writeString(
        project.resolve("stampguard.properties"), "ignore=SG120:table public.gone # nobody's\n");
    onlyOnce();
  }

  private void onlyOnce() {
    String told = "accepts drift that is not there";
    InProcess.Result text = run(Map.of(), "diagnose");
    assertThat(text.out()).containsOnlyOnce(told);
    assertThat(text.err()).doesNotContain(told);
    assertThat(run(Map.of(), "diagnose", "--output", "json").err()).containsOnlyOnce(told);
    assertThat(run(Map.of(), "check").err()).containsOnlyOnce(told);
    assertThat(run(Map.of(), "check", "--output", "junit").err()).containsOnlyOnce(told);
    assertThat(run(Map.of(), "check", "-q").err()).doesNotContain(told);
  }

  @Test
  void acceptedDriftIsCountedInEveryForm() throws IOException {
    server.execute(database, "CREATE TABLE orders (id integer); CREATE TABLE legacy (id integer)");
    Files.writeString(
        project.resolve("stampguard.properties"), "ignore=SG112:table public.legacy # reports\n");

    InProcess.Result text = run(Map.of(), "check");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).isEmpty();
    assertThat(text.err())
        .isEqualTo(
            "stampguard: consistent: `%s` is recorded at a2 and all of it is there, 1 accepted"
                    .formatted(database)
                + " difference left out; run `stampguard diagnose`\n");
    assertThat(run(Map.of(), "check", "-q").err()).isEmpty();
    assertThat(run(Map.of(), "check", "--output", "github").out())
        .contains("::notice title=stampguard accepted drift::", "1 accepted difference left out");
    assertThat(run(Map.of(), "check", "--output", "sarif").out())
        .contains("\"acceptedDifferences\": 1");
    assertThat(run(Map.of(), "check", "--output", "junit").out())
        .contains("<property name=\"accepted differences\" value=\"1\"/>");
  }

  @Test
  void reportsGoToAFileAndTheExitCodeIsTheAnswer() throws IOException {
    for (String format : List.of("sarif", "junit")) {
      InProcess.Result result = run(Map.of(), "check", "--output", format, "-o", "report");
      assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
      assertThat(result.out()).isEmpty();
      assertThat(Files.readString(project.resolve("report"))).contains("SG102");
    }
    JsonNode sarif =
        new ObjectMapper().readTree(run(Map.of(), "diagnose", "--output", "sarif").out());
    assertThat(sarif.at("/runs/0/invocations/0/exitCode").asInt()).isEqualTo(3);
  }

  @Test
  void thePageIsShownInABrowser() throws IOException {
    Path opened = repository.resolve("opened");
    Path programs = opener("printf '%s' \"$1\" > '" + opened + "'");

    InProcess.Result result =
        run(
            Map.of("PATH", programs.toString()),
            "diagnose",
            "--scratch",
            "none",
            "--output",
            "html",
            "-o",
            "report.html",
            "--open");

    Path page = project.resolve("report.html");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("stampguard: opened `%s`\n".formatted(page));
    assertThat(Files.readString(opened)).isEqualTo(page.toString());
    assertThat(Files.readString(page))
        .contains("<code>public.orders</code>", "<span class=\"absent\">missing</span>")
        .doesNotContain(server.url(database));
  }

  @Test
  void whereNoBrowserStartsTheFileIsNamed() throws IOException {
    for (String path : List.of("", opener("exit 4").toString())) {
      InProcess.Result result =
          run(Map.of("PATH", path), "diagnose", "--scratch", "none", "--output", "html", "--open");

      assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
      assertThat(result.err()).startsWith("stampguard: no browser could be started; the page is `");
      Path page = Path.of(result.err().split("`", -1)[1]);
      assertThat(Files.readString(page)).startsWith("<!doctype html>");
      assertThat(Files.getPosixFilePermissions(page.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      Files.delete(page);
      Files.delete(page.getParent());
    }
  }

  @Test
  void aDrawingShowsTheStates() {
    assertThat(run(Map.of(), "history", "--output", "mermaid").out())
        .contains("a2<br/>hollow<br/>head, ledger", "class r2 state_hollow");
    assertThat(run(Map.of(), "history", "--output", "dot").out()).contains("hollow");
  }

  @Test
  void aPlainCheckLoadsNothingOfThem() throws IOException, InterruptedException {
    Path log = repository.resolve("classes");
    var builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xlog:class+load:file=" + log,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "check",
                "--url",
                server.url(database))
            .directory(project.toFile())
            .redirectErrorStream(true);
    // What this test runs with is no setting of the program.
    builder.environment().keySet().removeIf(name -> name.startsWith("STAMPGUARD_"));
    Process check = builder.start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(check.exitValue()).as(said).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(Files.readString(log))
        .contains("dev.stampguard.report.text.TextRenderer")
        .doesNotContainPattern(
            "dev\\.stampguard\\.(report\\.(github|sarif|junit|html|graph|markup)\\.|cli\\.OtherForms|cli\\.PageOpener|tool\\.flyway\\.(?!FlywayTool|SettingsFiles|FlywaySettings))|org\\.flywaydb");
  }

  private Path opener(String script) throws IOException {
    Path programs = Files.createDirectories(repository.resolve("programs"));
    Path program = programs.resolve("xdg-open");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return programs;
  }
}
