package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switch from the command line: the database is looked at, one value changes, the way back. */
class TargetUseCommandTest {
  private static final Pattern UNDO = Pattern.compile("\"undo\": \"stampguard (.*)\"");

  private final PostgresServer server = PostgresServer.shared();
  private final String hollow = server.createDatabase();
  private final String sound = server.createDatabase();

  @TempDir private Path project;
  private Path file;
  private String before;

  @BeforeEach
  void begin() throws IOException {
    new AlembicFiles(project)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))");
    server.execute(
        hollow,
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
            + "INSERT INTO alembic_version VALUES ('a1')");
    server.execute(
        sound,
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
            + "INSERT INTO alembic_version VALUES ('a1'); CREATE TABLE users (id integer)");
    before = "# dev\r\nexport DATABASE_URL='%s' # which?\r\nA=1".formatted(server.url(hollow));
    file = Files.writeString(project.resolve(".env"), before);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  private InProcess.Result run(String... args) {
    return run(Map.of(), args);
  }

  private InProcess.Result run(Map<String, String> environment, String... args) {
    InProcess.Result result = InProcess.run(project, environment, args);
    assertThat(result.out() + result.err()).doesNotContain("postgres:postgres");
    return result;
  }

  private void assertRefused(InProcess.Result result, ExitCode code) throws IOException {
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("\n\nhint: ");
    assertThat(file).hasContent(before);
    try (Stream<Path> files = Files.list(project)) {
      assertThat(files.map(found -> found.getFileName().toString()))
          .containsExactlyInAnyOrder(".env", "alembic.ini", "migrations");
    }
  }

  @Test
  void theIncidentEndsByOneCommandAndTheWayBackIsTheSameBytes() throws IOException {
    assertThat(run("check").exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    InProcess.Result switched = run("target", "use", sound, "--output", "json");
    assertThat(switched.exitCode()).as(switched.err()).isZero();
    assertThat(switched.err()).isEmpty();
    assertThat(DocumentSchema.violations(switched.out())).isEmpty();
    assertThat(switched.out())
        .contains(
            "\"from\": \"%s\"".formatted(hollow),
            "\"to\": \"%s\"".formatted(sound),
            "\"database\": \"%s\"".formatted(sound),
            "\"where\": \".env:2 DATABASE_URL\"",
            "\"verdict\": \"consistent\"",
            "\"backup\": \".env.backup\"");
    assertThat(file).content().isEqualTo(before.replace("/" + hollow, "/" + sound));
    assertThat(project.resolve(".env.backup")).content().isEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(run("check").exitCode()).isZero();

    Matcher undo = UNDO.matcher(switched.out());
    assertThat(undo.find()).isTrue();
    InProcess.Result undone = run(undo.group(1).split(" "));
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(undone.out())
        .startsWith(
            "switched: `.env:2 DATABASE_URL` names `%s` now, not `%s`\n".formatted(hollow, sound))
        .contains("verdict    inconsistent\n", "backup     .env.backup.1\n");
    assertThat(file).content().isEqualTo(before);
    assertThat(project.resolve(".env.backup")).content().isEqualTo(before);
  }

  @Test
  void theWayBackToADatabaseThatIsForbiddenIsTheCopy() throws IOException {
    Files.writeString(project.resolve("stampguard.properties"), "policy.database=" + sound + "\n");
    InProcess.Result switched = run("target", "use", sound, "--output", "json");
    assertThat(switched.exitCode()).as(switched.err()).isZero();
    assertThat(switched.out()).contains("\"undo\": \"mv .env.backup .env\"");
  }

  @Test
  void anUnhealthyDatabaseIsRefusedUnlessItIsAskedFor() throws IOException {
    String other = server.createDatabase();
    server.execute(
        other,
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
            + "INSERT INTO alembic_version VALUES ('a1')");
    InProcess.Result refused = run("target", "use", other);
    assertRefused(refused, ExitCode.REFUSED);
    assertThat(refused.err())
        .startsWith("stampguard: `%s` is inconsistent, and nothing was switched\n".formatted(other))
        .contains("--allow-unhealthy");

    InProcess.Result allowed = run("target", "use", other, "--allow-unhealthy");
    assertThat(allowed.exitCode()).isZero();
    assertThat(allowed.out()).contains("verdict    inconsistent\n");
    assertThat(file).content().contains("/" + other + "'");
  }

  @Test
  void anEmptyDatabaseIsBehindAndFine() {
    String empty = server.createDatabase();
    InProcess.Result result = run("target", "use", empty);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("verdict    behind\n");
  }

  @Test
  void aDatabaseThatIsNotThereIsRefused() throws IOException {
    InProcess.Result result = run("target", "use", "nowhere");
    assertRefused(result, ExitCode.NO_ACCESS);
    assertThat(result.err()).contains("database `nowhere` does not exist");
    InProcess.Result json = run("target", "use", "nowhere", "--output", "json");
    assertThat(json.err()).isEmpty();
    assertThat(DocumentSchema.violations(json.out())).isEmpty();
    assertThat(json.out()).contains("\"command\": \"target use\"", "\"exit_code\": 5");
  }

  @Test
  void theProcessEnvironmentDecides() throws IOException {
    InProcess.Result result =
        run(Map.of("DATABASE_URL", server.url(hollow)), "target", "use", sound);
    assertRefused(result, ExitCode.REFUSED);
    assertThat(result.err())
        .contains("`environment DATABASE_URL` decides", "unset DATABASE_URL", sound);
    assertRefused(run("target", "use", sound, "--url", server.url(hollow)), ExitCode.REFUSED);
  }

  @Test
  void aForbiddenDatabaseIsRefused() throws IOException {
    Path rules =
        Files.writeString(project.resolve("stampguard.properties"), "policy.database=only_*\n");
    InProcess.Result result = run("target", "use", sound);
    Files.delete(rules);
    assertRefused(result, ExitCode.REFUSED);
    assertThat(result.err())
        .contains("`stampguard.properties:1 policy.database` forbids `%s`".formatted(sound));
  }

  @Test
  void whatIsUsedAlreadyIsNotSwitched() throws IOException {
    InProcess.Result result = run("target", "use", hollow, "--output", "json");
    assertThat(result.exitCode()).isZero();
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out()).contains("\"switched\": null");
    assertThat(file).hasContent(before);
    assertThat(project.resolve(".env.backup")).doesNotExist();
  }

  @Test
  void withoutAMigrationToolItMustOnlyLetUsIn() throws IOException {
    Files.delete(project.resolve("alembic.ini"));
    InProcess.Result missing = run("target", "use", "nowhere");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.NO_ACCESS.code());
    assertThat(file).hasContent(before);
    InProcess.Result result = run("target", "use", sound, "--output", "json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out()).contains("\"verdict\": null");
  }

  @Test
  void optionsBelongBehindTheWord() throws IOException {
    InProcess.Result result = run("target", "--env-file", "other.env", "use", sound);
    assertRefused(result, ExitCode.USAGE);
    assertThat(result.err()).contains("`--env-file` belongs behind `use`");
  }

  @Test
  void anotherFileAndVariableAreUsedAndRememberedForTheWayBack() throws IOException {
    Path other = project.resolve("my dev.env");
    Files.writeString(
        other, "APP_DB=%s\nAPP_DB_ASYNC=%s\n".formatted(server.url(hollow), server.url(hollow)));
    InProcess.Result result =
        run(
            "target",
            "use",
            sound,
            "--env-file",
            "my dev.env",
            "--url-variable",
            "APP_DB",
            "--output",
            "json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(other)
        .hasContent(
            "APP_DB=%s\nAPP_DB_ASYNC=%s\n".formatted(server.url(sound), server.url(hollow)));
    assertThat(file).hasContent(before);
    assertThat(result.err())
        .contains("`my dev.env:2 APP_DB_ASYNC` still names `%s`".formatted(hollow));
    assertThat(result.out())
        .contains(
            "\"undo\": \"stampguard target use %s --allow-unhealthy --env-file 'my dev.env' --url-variable APP_DB\""
                .formatted(hollow));
  }

  @Test
  void anEditorThatHasTheFileOpenIsTold() throws IOException {
    Files.writeString(project.resolve(".env.swp"), "vim");
    InProcess.Result result = run("target", "use", sound);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().replaceAll("\\s+", " "))
        .contains("warning: an editor seems to have `.env` open (`.env.swp`)");
    assertThat(Arrays.asList(project.toFile().list())).contains(".env.backup", ".env.swp");
  }
}
