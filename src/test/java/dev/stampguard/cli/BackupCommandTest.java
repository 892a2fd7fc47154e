package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups from the command line. */
@Tag("postgres")
class BackupCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();
  @TempDir private Path project;

  @BeforeEach
  void begin() throws IOException {
    new AlembicFiles(project)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))\n");
    Files.writeString(project.resolve(".env"), "DATABASE_URL=" + server.url(database) + "\n");
    server.execute(
        database,
        """
        CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('a1');
        CREATE TABLE users (id int);
        INSERT INTO users SELECT generate_series(1, 3)
        """);
  }

  @Test
  void aBackupIsMadeListedProvenRestoredAndUndone() throws IOException, SQLException {
    InProcess.Result made = run("backup", "create");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.err())
        .matches(
            "stampguard: 2 tables of `%s` take \\S+ kB, and .* are free in `.*`\n"
                .formatted(database));
    String id = made.out().lines().findFirst().orElseThrow().split("`", 3)[1];
    assertThat(made.out())
        .startsWith("backed up: `" + id + "`\n")
        .contains("the whole database, 2 tables (4 rows) and `.env`")
        .contains("really at  `a1`")
        .contains("stampguard restore " + id + "\n");

    assertThat(run("backup", "list").out()).startsWith(id).contains("full");
    InProcess.Result proven = run("backup", "verify", id.substring(0, 17), "--scratch", "server");
    assertThat(proven.exitCode()).as(proven.err()).isZero();
    assertThat(proven.out()).startsWith("verified: `" + id + "`");

    server.execute(database, "DELETE FROM users WHERE id = 2");
    InProcess.Result refused = run("restore", id, "--url", server.url("postgres"));
    assertThat(refused.err())
        .contains("it is `%s` that is restored, not `postgres`".formatted(database));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(refused.err())
        .contains("which would be lost: `public.users` (1 row fewer)")
        .contains("hint: ", "`--discard-newer-data`");

    InProcess.Result restored = run("restore", id, "--discard-newer-data");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(users()).isEqualTo(3);
    String undo =
        restored.out().lines().filter(line -> line.contains("go back")).findFirst().orElseThrow();
    String kept = undo.substring(undo.indexOf("restore ") + "restore ".length());
    assertThat(kept).startsWith(database + "_before_");

    InProcess.Result undone = run("restore", kept);
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(users()).isEqualTo(2);
  }

  /** Such an index is in no dump. */
  @Test
  void whatAFailedBuildLeftIsNotPartOfABackup() {
    server.execute(database, "INSERT INTO users VALUES (1)");
    assertThatThrownBy(
            () -> server.execute(database, "CREATE UNIQUE INDEX CONCURRENTLY ix ON users (id)"))
        .hasMessageContaining("could not create unique index");
    InProcess.Result made = run("backup", "create");
    assertThat(made.exitCode()).as(made.err()).isZero();
    String id = made.out().lines().findFirst().orElseThrow().split("`", 3)[1];
    InProcess.Result proven = run("backup", "verify", id, "--scratch", "server");
    assertThat(proven.exitCode()).as(proven.err()).isZero();
  }

  @Test
  void everyAnswerIsADocumentToo() throws IOException {
    JsonNode made = json("backup", "create");
    String id = made.at("/backup/id").asText();
    assertThat(made.at("/backup/true_state/exact").asBoolean()).isTrue();
    assertThat(made.at("/backup/rows").asInt()).isEqualTo(4);
    assertThat(json("backup", "list").at("/backups/0/id").asText()).isEqualTo(id);
    assertThat(json("backup", "verify", id, "--scratch", "server").at("/verified").asBoolean())
        .isTrue();
    JsonNode restored = json("restore", id);
    assertThat(restored.at("/kept").asText()).startsWith(database + "_before_");
    assertThat(restored.at("/restored").asText()).isEqualTo(id);
    assertThat(json("backup", "prune", "--keep", "0").at("/removed/0/id").asText()).isEqualTo(id);

    InProcess.Result failed = run("restore", "2020", "--output", "json");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(DocumentSchema.violations(failed.out())).isEmpty();
    InProcess.Result unusable = run("backup", "prune", "--output", "json");
    assertThat(unusable.out()).contains("\"command\": \"backup prune\"");
    assertThat(DocumentSchema.violations(unusable.out())).isEmpty();
  }

  @Test
  void onlyTheFileCanBeBackedUpAndPutBack() throws IOException {
    Path env = project.resolve(".env");
    String before = Files.readString(env);
    InProcess.Result made = run("backup", "create", "--env-only");
    assertThat(made.exitCode()).as(made.err()).isZero();
    String id = made.out().lines().findFirst().orElseThrow().split("`", 3)[1];
    Files.writeString(env, "DATABASE_URL=" + server.url("postgres") + "\n");

    InProcess.Result restored = run("restore", id);

    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("`.env`, kept as it was as `.env.backup`");
    assertThat(env).hasContent(before);
    assertThat(project.resolve(".env.backup")).content().contains("/postgres");
    assertThat(run("restore", id).out()).contains("all as they were");
    InProcess.Result none = run("restore", id, "--only", "database");
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(none.err()).contains("holds no database");
  }

  @Test
  void theSchemaAloneIsBackedUp() {
    InProcess.Result made = run("backup", "create", "--schema-only", "--directory", "else where");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out())
        .contains("the schema (2 tables) without rows and `.env`")
        .contains("--directory '%s'".formatted(project.resolve("else where")));
    assertThat(project.resolve("else where/.gitignore")).hasContent("*");
    assertThat(run("backup", "list").out()).startsWith("no backups in");
    assertThat(run("backup", "list", "--directory", "else where").out()).contains("schema");
  }

  @Test
  void theDirectoryIsConfigurable() throws IOException {
    Files.writeString(project.resolve("stampguard.properties"), "backup-directory=kept\n");

    assertThat(run("backup", "create", "--env-only").exitCode()).isZero();

    assertThat(project.resolve("kept")).isDirectoryContaining(Files::isDirectory);
    assertThat(project.resolve(".stampguard")).doesNotExist();
  }

  @Test
  void withoutAMigrationToolADatabaseIsBackedUpAllTheSame() throws IOException {
    Files.delete(project.resolve("alembic.ini"));

    JsonNode made = json("backup", "create");

    assertThat(made.at("/backup/true_state").isNull()).isTrue();
    assertThat(made.at("/backup/env_files/0").asText()).isEqualTo(".env");
  }

  @Test
  void wrongWordsAreAnswered() {
    assertUsage("`--jobs` cannot be `0`", "backup", "create", "--jobs", "0");
    assertUsage("nothing says which backups are old", "backup", "prune");
    assertUsage("`--keep` cannot be `-1`", "backup", "prune", "--keep=-1");
    assertUsage("is not an age", "backup", "prune", "--older-than", "30");
    assertUsage("mutually exclusive", "backup", "create", "--schema-only", "--env-only");
    assertUsage("there is no backup `x`", "restore", "x");
    assertUsage("was not kept for", "restore", "other_before_20251127_035512");
    assertUsage("there is no database", "restore", database + "_before_20251127_035512");
    assertUsage("Usage: stampguard backup", "backup");
  }

  @Test
  void aDatabaseThatThePolicyForbidsIsBackedUpAndNotReplaced() throws IOException {
    Files.writeString(project.resolve("stampguard.properties"), "policy.database=only_*\n");
    String id = run("backup", "create").out().lines().findFirst().orElseThrow().split("`", 3)[1];
    for (String name : List.of(id, database + "_before_20250101_000000")) {
      InProcess.Result refused = run("restore", name);
      assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(refused.err())
          .contains("`stampguard.properties:1 policy.database` forbids `%s`".formatted(database));
    }
    assertThat(run("restore", id, "--only", "env").exitCode()).isZero();
    Path env = project.resolve(".env");
    Files.writeString(env, Files.readString(env).replace("/" + database, "/only_this"));
    InProcess.Result switchedBack = run("restore", id, "--only", "env");
    assertThat(switchedBack.exitCode()).as(switchedBack.err()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(Files.readString(env)).contains("/only_this");
  }

  @Test
  void filesThatAreLostComeBackWithoutATarget() throws IOException {
    String id = run("backup", "create").out().lines().findFirst().orElseThrow().split("`", 3)[1];
    Path env = project.resolve(".env");
    byte[] before = Files.readAllBytes(env);
    Files.delete(env);
    InProcess.Result restored = run("restore", id, "--only", "env");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(env).hasBinaryContent(before);
  }

  private void assertUsage(String message, String... args) {
    InProcess.Result result = run(args);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).as(String.join(" ", args)).contains(message);
  }

  private JsonNode json(String... args) throws IOException {
    var all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--output", "json"));
    InProcess.Result result = run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out() + result.err()).doesNotContain("postgres:postgres");
    return MAPPER.readTree(result.out());
  }

  private InProcess.Result run(String... args) {
    return InProcess.run(
        project,
        Map.of("PATH", PostgresClient.forServer(18).directory() + ":" + System.getenv("PATH")),
        args);
  }

  private int users() throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM users")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
