package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which databases lag, and what a run whose policy forbids the target is told to use. */
class SyncCommandTest {
  private static final String LEDGER =
      "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);";

  private final PostgresServer server = PostgresServer.shared();
  private final String ahead = server.createDatabase();
  private final String behind = server.createDatabase();
  private final String hollow = server.createDatabase();
  private final String foreign = server.createDatabase();

  @TempDir private Path project;

  @BeforeEach
  void begin() throws IOException {
    new AlembicFiles(project)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))")
        .revision("b2", "'a1'", "op.create_table('orders', sa.Column('id', sa.Integer))");
    server.execute(
        ahead,
        LEDGER
            + "INSERT INTO alembic_version VALUES ('b2');"
            + "CREATE TABLE users (id integer); CREATE TABLE orders (id integer)");
    server.execute(
        behind,
        LEDGER + "INSERT INTO alembic_version VALUES ('a1'); CREATE TABLE users (id integer)");
    server.execute(hollow, LEDGER + "INSERT INTO alembic_version VALUES ('b2')");
    server.execute(foreign, LEDGER + "INSERT INTO alembic_version VALUES ('of_another_project')");
    Files.writeString(project.resolve(".env"), "DATABASE_URL=%s\n".formatted(server.url(ahead)));
  }

  private InProcess.Result run(String... args) {
    InProcess.Result result = InProcess.run(project, Map.of(), args);
    assertThat(result.out() + result.err()).doesNotContain("postgres:postgres");
    return result;
  }

  /** Where a line ends depends on how long the names are. */
  private static String unwrapped(InProcess.Result result) {
    return result.out().replaceAll("\\s+", " ");
  }

  @Test
  void whatLagsIsNamedWithWhatItIsBehindBy() {
    String globs = String.join(",", ahead, behind, hollow);

    InProcess.Result result = run("sync", "--databases", globs);

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(unwrapped(result))
        .startsWith("out of step: 2 of 3 databases on ")
        .contains("not at `b2`", "with 1 revision pending", "inconsistent")
        .contains("hint: upgrade `%s` with alembic".formatted(behind))
        .contains("`stampguard check --databases %s --output json`".formatted(hollow));
    InProcess.Result json = run("sync", "--databases", globs, "--output", "json");
    assertThat(DocumentSchema.violations(json.out())).isEmpty();
    assertThat(json.out()).contains("\"pending\": 1", "\"in_step\": false");
  }

  @Test
  void allInStepIsZeroAndTheTargetComesFirst() {
    InProcess.Result result = run("sync", "--databases", ahead);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("in step: 1 database on ").contains("at `b2`");
  }

  @Test
  void withoutNamesOnlyDatabasesOfTheseScriptsAreLookedAt() throws IOException {
    Files.writeString(
        project.resolve("stampguard.properties"),
        "policy.e2e.allow=%s,%s,%s\n".formatted(ahead, behind, foreign));

    InProcess.Result result = run("sync", "--run", "e2e", "--output", "json");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out()).contains(ahead, behind).doesNotContain(hollow, foreign);
    assertThat(result.out().indexOf("\"database\": \"" + ahead, result.out().indexOf("databases")))
        .isLessThan(result.out().indexOf("\"database\": \"" + behind));
  }

  @Test
  void whatCannotBeJudgedFailsTheRunWhereItWasAskedFor() {
    String reader = "reader_of_" + ahead;
    server.execute("postgres", "CREATE ROLE %s LOGIN PASSWORD 'postgres'".formatted(reader));
    server.execute("postgres", "REVOKE CONNECT ON DATABASE %s FROM PUBLIC".formatted(hollow));
    server.execute(ahead, "GRANT SELECT ON alembic_version TO " + reader);
    String url = server.url(ahead).replace("postgres:postgres", reader + ":postgres");

    InProcess.Result result =
        run("sync", "--url", url, "--databases", ahead + "," + hollow, "--output", "json");

    assertThat(result.exitCode()).as(result.out()).isEqualTo(ExitCode.NO_ACCESS.code());
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out()).contains("\"verdict\": null", "\"problem\": \"");
  }

  @Test
  void theTargetIsNeverLeftOut() throws IOException {
    server.execute(ahead, "UPDATE alembic_version SET version_num = 'zz9'");
    InProcess.Result unknown = run("sync", "--run", "e2e", "--output", "json");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE.code());

    Files.writeString(
        project.resolve("stampguard.properties"), "policy.e2e.allow=%s\n".formatted(foreign));
    InProcess.Result alone = run("sync", "--run", "e2e", "--output", "json");
    assertThat(alone.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(DocumentSchema.violations(alone.out())).isEmpty();
    assertThat(alone.out())
        .contains("\"database\": \"%s\"".formatted(ahead), "\"verdict\": \"unknown\"")
        .doesNotContain(foreign);
  }

  @Test
  void whatFailsACheckIsNotInStep() throws IOException {
    Files.writeString(
        project.resolve("stampguard.properties"),
        "policy.e2e.allow=nothing_*\nignore=SG112:table public.gone # was here\n");

    InProcess.Result result = run("sync", "--run", "e2e");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out()).startsWith("out of step: 1 of 1 database");
    assertThat(result.err()).containsOnlyOnce("accepts drift that is not there");
  }

  @Test
  void aRunThatMayNotUseTheTargetIsToldWhichDatabaseItShouldUse() throws IOException {
    Files.writeString(
        project.resolve("stampguard.properties"),
        "policy.e2e.allow=%s\npolicy.none.allow=nothing_*\n".formatted(behind));

    assertThat(run("check").exitCode()).isZero();
    InProcess.Result stopped = run("diagnose", "--run", "e2e");
    assertThat(stopped.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(unwrapped(stopped))
        .contains("SG118", "the policy for this run forbids the database")
        .contains("stampguard target use " + behind);
    InProcess.Result gate = run("check", "--run", "e2e");
    assertThat(gate.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(gate.err()).contains("; `stampguard target use %s`".formatted(behind));
    assertThat(unwrapped(run("diagnose", "--run", "none")))
        .contains("no database of that server fits");
    InProcess.Result named =
        run("check", "--run", "e2e", "--url", server.url(ahead), "--output", "json");
    assertThat(DocumentSchema.violations(named.out())).isEmpty();
    assertThat(named.out()).contains("point --url at `%s`".formatted(behind));
  }
}
