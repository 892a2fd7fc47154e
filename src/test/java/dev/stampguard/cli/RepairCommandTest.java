package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.scenarios.BuiltScenario;
import dev.stampguard.scenarios.Scenario;
import dev.stampguard.scenarios.ScenarioBuilder;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code repair} asks, refuses and keeps to, on a history with a hole in it. */
class RepairCommandTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;
  private BuiltScenario built;

  @BeforeEach
  void build() {
    built = new ScenarioBuilder(server).build(Scenario.load("sg103-hole"), directory);
    role("CREATEDB");
  }

  @AfterEach
  void drop() {
    built.close();
  }

  private void role(String property) {
    server.execute("postgres", "ALTER ROLE %s %s".formatted(built.scenario().role(), property));
  }

  private InProcess.Result repair(String... words) {
    var command = new ArrayList<>(List.of("repair"));
    command.addAll(List.of(words));
    return InProcess.run(directory, environment(), command.toArray(String[]::new));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(ReplayEnvironment.variables());
    int major = Integer.getInteger("stampguard.postgres.major", 18);
    environment.merge(
        "PATH",
        PostgresClient.forServer(major).directory().toString(),
        (path, client) -> client + File.pathSeparator + path);
    environment.putAll(built.environment());
    return environment;
  }

  private String value(String sql) {
    try (Connection connection = server.connect(built.scenario().database());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isRepaired() {
    return value("SELECT to_regclass('invoices')") != null;
  }

  @Test
  void aPlanChangesNothingAndSaysHowItIsApplied() {
    InProcess.Result plan = repair();
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out())
        .startsWith("missing of `" + built.scenario().database() + "`")
        .contains("1 step in 1 transaction", "without writing the ledger", "ends SG103")
        .contains("hint: `stampguard repair --apply --strategy missing --yes`");
    assertThat(isRepaired()).isFalse();
    assertThat(directory.resolve(".stampguard")).doesNotExist();
  }

  @Test
  void nobodyIsAskedWhereNobodyCanAnswer() {
    InProcess.Result refused = repair("--apply");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains("nobody can be asked", "hint:", "`--yes`");
    assertThat(isRepaired()).isFalse();
  }

  @Test
  void aSavedPlanIsAppliedAsItWasReviewed() throws IOException {
    assertThat(repair("--save", "plan.json", "--backup", "none").exitCode()).isZero();
    assertThat(Files.readString(directory.resolve("plan.json"))).contains("\"run-revision\"");

    InProcess.Result refused =
        repair("--apply", "plan.json", "--yes", "--backup", "schema", "--run", "nope");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("made with another choice than `--backup`, `--run`", "hint:", "repair --save ");
    assertThat(isRepaired()).isFalse();

    InProcess.Result done = repair("--apply", "plan.json", "--yes", "--backup", "none");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(isRepaired()).isTrue();
  }

  @Test
  void nothingIsBothAppliedAndToBeRun() {
    InProcess.Result refused = repair("--run", "r3", "--assume-applied", "r3");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("`r3` cannot both count as applied and be run")
        .contains("hint: say `--assume-applied r3` or `--run r3`");
  }

  @Test
  void aPlanForAnotherSchemaIsStale() {
    assertThat(repair("--save", "plan.json").exitCode()).isZero();
    server.execute(built.scenario().database(), "CREATE TABLE of_somebody_else (i integer)");
    InProcess.Result refused = repair("--apply", "plan.json", "--yes");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains("is stale: the schema has changed since", "--save");
    assertThat(isRepaired()).isFalse();
  }

  @Test
  void aPlanForAnotherDatabaseIsRefusedByItsName() {
    String mine = built.scenario().database();
    String other = server.createDatabase();
    server.execute("postgres", "DROP DATABASE " + other);
    server.execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(other, mine));
    assertThat(repair("--save", "plan.json").exitCode()).isZero();

    InProcess.Result refused = repair("--apply", "plan.json", "--yes", "--url", server.url(other));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .contains("was made for the database `%s`, and the target is `%s`".formatted(mine, other))
        .contains("hint:");
    assertThat(isRepaired()).isFalse();
  }

  @Test
  void whatSomebodyChangesDuringTheBackupMakesThePlanStale() {
    InProcess.Result refused =
        InProcess.repair(
            directory,
            environment(),
            milestone -> {
              if (milestone.equals("begin transaction 1")) {
                server.execute(
                    built.scenario().database(), "CREATE TABLE of_somebody_else (i integer)");
              }
            },
            "--apply",
            "--yes",
            "--backup",
            "none");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains("was changed by somebody else", "nothing was changed");
    assertThat(isRepaired()).isFalse();
  }

  @Test
  void whatIsNoPlanIsSaidSo() throws IOException {
    Files.writeString(directory.resolve("plan.json"), "{\"plan\": 3}");
    InProcess.Result refused = repair("--apply", "plan.json", "--yes");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("cannot be read as a plan");
  }

  @Test
  void aHazardIsAllowedByItsNameOnly() {
    role("NOCREATEDB");
    InProcess.Result refused = repair("--apply", "--yes", "--backup", "none");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .contains("`no-rehearsal`", "may not create", "add `--allow no-rehearsal`");
    assertThat(isRepaired()).isFalse();

    InProcess.Result unknown = repair("--apply", "--yes", "--allow", "everything");
    assertThat(unknown.exitCode()).as(unknown.err()).isEqualTo(2);
    assertThat(unknown.err()).contains("`--allow everything` names no hazard");

    InProcess.Result done = repair("--apply", "--yes", "--allow", "no-rehearsal");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(isRepaired()).isTrue();
    assertThat(done.out()).contains("undo ", "the undo needs what the rehearsal lacked: role ");
  }

  @Test
  void oneRepairAtATime() throws SQLException {
    try (Connection other = server.connect(built.scenario().database());
        Statement statement = other.createStatement()) {
      statement.execute("SET application_name = 'the first one'");
      other.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(1937010032, 1)");
      InProcess.Result refused = repair("--apply", "--yes");
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
      assertThat(refused.err()).contains("is being repaired already", "`the first one`");
      assertThat(isRepaired()).isFalse();
    }
  }

  @Test
  void aStrategyThatDoesNotApplyIsRefusedWithOneThatDoes() {
    InProcess.Result refused = repair("--strategy", "restamp");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .contains("`restamp` does not apply: a hole inside the history")
        .contains("hint: `stampguard repair --strategy missing` does");
  }

  /** The rows of the incident point at users that are not there yet, which no copy shows. */
  @Test
  void whatFailsAtRowsIsRolledBack() throws IOException {
    built.close();
    Path other = Files.createDirectory(directory.resolve("other"));
    built = new ScenarioBuilder(server).build(Scenario.load("incident"), other);
    role("CREATEDB");
    String before = value("SELECT string_agg(version_num, ',') FROM alembic_version");
    InProcess.Result failed =
        repair(
            "--project",
            "other",
            "--apply",
            "--yes",
            "--backup",
            "schema",
            "--allow",
            "takes-access-exclusive-lock",
            "--allow",
            "rewrites-table");
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(6);
    assertThat(failed.err())
        .contains("step 7", "masterplans_user_id_fk.py:21`", "is rolled back", "\"ada\"");
    assertThat(value("SELECT to_regclass('users')")).isNull();
    assertThat(value("SELECT string_agg(version_num, ',') FROM alembic_version")).isEqualTo(before);
  }

  @Test
  void afterwardsThereIsNothingToRepair() {
    assertThat(repair("--apply", "--yes", "--backup", "none").exitCode()).isZero();
    InProcess.Result second = repair("--output", "json");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out()).contains("\"strategy\": null", "\"steps\": []");
    InProcess.Result applied = repair("--apply", "--yes");
    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(applied.out()).startsWith("nothing to repair");
  }

  @Test
  void aDatabaseThatThePolicyForbidsIsNotRepaired() throws IOException {
    Files.writeString(directory.resolve("stampguard.properties"), "policy.database=only_*\n");
    assertThat(repair().exitCode()).isZero();
    String refusal =
        "`stampguard.properties:1 policy.database` forbids `%s`"
            .formatted(built.scenario().database());

    InProcess.Result refused = repair("--apply", "--yes", "--backup", "none");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err()).contains(refusal, "hint: name a database that fits `only_*`");
    assertThat(refused.out()).isEmpty();
    assertThat(isRepaired()).isFalse();
    assertThat(directory.resolve(".stampguard")).doesNotExist();

    server.execute(built.scenario().database(), "CREATE TABLE invoices (id integer)");
    assertThat(repair("--apply", "--yes").err()).contains(refusal);
  }

  @Test
  void whatIsPrintedForWhatComesNextIsAboutTheSameDatabase() throws IOException {
    String database = built.scenario().database();
    String role = built.scenario().role();
    String given =
        "postgresql://%s:%s@localhost:%d/%s?application_name=me"
            .formatted(role, role, server.port(), database);
    String repeated = given.replace(":" + role + "@", "@");
    Path env = directory.resolve(".env");
    Files.writeString(env, "DATABASE_URL=" + server.url("postgres") + "\n");

    InProcess.Result plan = repair("--url", given, "--scratch", "server", "--backup", "schema");
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out() + plan.err()).doesNotContain(":" + role + "@");
    assertThat(plan.err()).contains("set `PGPASSWORD` for the next command");
    String hint = plan.out().substring(plan.out().lastIndexOf("`stampguard ") + 12).strip();
    assertThat(hint)
        .startsWith("repair --apply --backup schema --strategy missing --url '" + repeated + "'")
        .endsWith(" --scratch server --yes`");

    Map<String, String> environment = environment();
    environment.put("PGPASSWORD", role);
    String[] words = hint.replaceAll("['`]", "").split(" ");
    InProcess.Result done = InProcess.run(directory, environment, words);
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(isRepaired()).isTrue();
    assertThat(done.out())
        .containsPattern("undo +`stampguard restore \\S+ --url '" + Pattern.quote(repeated) + "'")
        .doesNotContain(":" + role + "@");
  }

  @Test
  void aStalePlanIsMadeAnewForTheSameDatabase() {
    assertThat(repair("--save", "plan.json", "--backup", "none").exitCode()).isZero();
    server.execute(built.scenario().database(), "CREATE TABLE of_somebody_else (i integer)");
    InProcess.Result refused =
        repair("--apply", "plan.json", "--yes", "--url-variable", "DATABASE_URL");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .containsPattern("stampguard repair --save \\S+ --url-variable DATABASE_URL`");
  }

  @Test
  void theUndoLeavesAFileAloneThatTheRepairDidNotTouch() throws IOException {
    Path env = directory.resolve(".env");
    String before = "DATABASE_URL=" + server.url(built.scenario().database()) + "\n";
    Files.writeString(env, before);
    InProcess.Result done =
        repair("--apply", "--yes", "--url", server.url(built.scenario().database()));
    assertThat(done.exitCode()).as(done.err()).isZero();
    String since = before + "ADDED_SINCE=1\n";
    Files.writeString(env, since);

    String id = done.out().replaceFirst("(?s).*backup +(\\S+).*", "$1");
    InProcess.Result undone = InProcess.run(directory, environment(), "restore", id);
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(isRepaired()).isFalse();
    assertThat(env).hasContent(since);
    assertThat(undone.out().replaceAll("\\s+", " "))
        .contains("`.env` was changed since, not by the repair, and stays as it is")
        .contains("`stampguard restore " + id + " --only env` puts it back");

    InProcess.Result asked =
        InProcess.run(directory, environment(), "restore", id, "--only", "env");
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    assertThat(env).hasContent(before);
  }

  @Test
  void theHintOfAPlanWithAQuestionAnswersIt() throws IOException {
    built.close();
    Path other = Files.createDirectory(directory.resolve("other"));
    built = new ScenarioBuilder(server).build(Scenario.load("incident"), other);
    InProcess.Result open = repair("--project", "other", "--strategy", "graft");
    assertThat(open.exitCode()).as(open.err()).isZero();
    String hint = open.out().substring(open.out().lastIndexOf("hint:"));
    assertThat(hint)
        .contains("`stampguard repair --strategy graft --project other --assume-applied ")
        .doesNotContain("--allow", "--yes");

    String[] words = hint.split("`")[1].split(" ", 2)[1].split(" ");
    InProcess.Result decided = InProcess.run(directory, environment(), words);
    assertThat(decided.exitCode()).as(decided.err()).isZero();
    assertThat(decided.out())
        .contains("stampguard repair --apply --strategy graft --assume-applied ")
        .doesNotContain("To be decided first");
  }

  @Test
  void rowsThatOthersImplyAreTakenOutOfTheLedger() {
    assertThat(repair("--apply", "--yes", "--backup", "none").exitCode()).isZero();
    String head = value("SELECT version_num FROM alembic_version");
    server.execute(
        built.scenario().database(),
        "INSERT INTO alembic_version VALUES ('%s')".formatted("a90d4e7715cf"));
    InProcess.Result done = repair("--apply", "--yes", "--backup", "none");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(value("SELECT string_agg(version_num, ',') FROM alembic_version")).isEqualTo(head);
  }

  @Test
  void whatNoRepairEndsIsNotNothing() {
    assertThat(repair("--apply", "--yes", "--backup", "none").exitCode()).isZero();
    String database = built.scenario().database();
    server.execute(database, "CREATE TABLE own (id int); CREATE INDEX ix_own ON own (id)");
    server.execute(
        database, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_own'::regclass");
    InProcess.Result refused = repair("--apply", "--yes");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .contains("no way out can be recommended for SG116, invalid index", "hint:", "REINDEX");
  }

  @Test
  void aBrokenHistoryIsForTheScriptsToBeMended() throws IOException {
    assertThat(repair("--apply", "--yes", "--backup", "none").exitCode()).isZero();
    try (Stream<Path> files = Files.walk(directory)) {
      Path script =
          files
              .filter(file -> file.toString().matches(".*a90d4e7715cf.*\\.py"))
              .findFirst()
              .orElseThrow();
      Files.delete(script);
    }
    for (String[] words : List.of(new String[0], new String[] {"--strategy", "restamp"})) {
      InProcess.Result refused = repair(words);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
      assertThat(refused.err())
          .contains("no way out can be recommended for SG111, broken history")
          .contains("hint: bring the missing script back");
    }
  }
}
