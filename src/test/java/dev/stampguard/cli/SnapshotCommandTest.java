package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock file from the command line: written, held against the scripts, and relied upon. */
class SnapshotCommandTest {
  private static final String USERS =
      """
      op.create_table(
          "users",
          sa.Column("id", sa.Integer, primary_key=True),
          sa.Column("email", sa.String(50), nullable=False),
      )
      """;

  private static final String AGE = "op.add_column('users', sa.Column('age', sa.Integer))\n";

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;
  private AlembicFiles files;
  private Path lock;

  @BeforeEach
  void begin() {
    lock = project.resolve("stampguard.lock");
    files =
        new AlembicFiles(project)
            .write("migrations/env.py", AlembicFiles.ENVIRONMENT)
            .revision("a1", "None", USERS)
            .revision("a2", "'a1'", AGE);
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(ReplayEnvironment.variables());
    environment.put("DATABASE_URL", server.url(database));
    return environment;
  }

  private InProcess.Result run(String... args) {
    return InProcess.run(project, environment(), args);
  }

  /** Where replays are quick: on the tests' own server. */
  private InProcess.Result runHere(String... args) {
    return run(
        Stream.concat(Stream.of(args), Stream.of("--scratch", server.url("postgres")))
            .toArray(String[]::new));
  }

  private void upgrade() {
    Alembic.Result result =
        Alembic.require().run(project, server.url(database), List.of("upgrade", "head"));
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private void edit(String revision, UnaryOperator<String> change) throws IOException {
    Path script = project.resolve("migrations/versions/" + revision + ".py");
    String old = Files.readString(script);
    String edited = change.apply(old);
    assertThat(edited).isNotEqualTo(old);
    Files.writeString(script, edited);
  }

  private static void assertEnds(InProcess.Result result, ExitCode code) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code.code());
  }

  /** Every row of the system catalogs that tells of a relation or a column, with its version. */
  private String traces() throws SQLException {
    try (var connection = server.connect(database);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT string_agg(t.v, ',' ORDER BY t.v) FROM ("
                    + "SELECT oid || ' ' || relname || ' ' || xmin AS v FROM pg_class UNION ALL "
                    + "SELECT attrelid || '.' || attname || ' ' || xmin FROM pg_attribute) t")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private List<String> scratchDatabases() throws SQLException {
    try (var connection = server.connect("postgres");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT coalesce(string_agg(datname, E'\\n'), '') FROM pg_database"
                    + " WHERE datname LIKE 'stampguard\\_scratch\\_%'")) {
      rows.next();
      return rows.getString(1).lines().toList();
    }
  }

  @Test
  void isWrittenOnceAndCurrentAfterwards() throws IOException {
    String before = files.listing();
    InProcess.Result written = run("snapshot");
    assertEnds(written, ExitCode.OK);
    assertThat(written.out())
        .startsWith("written: `stampguard.lock` holds 2 revisions and ")
        .contains("(PostgreSQL " + System.getProperty("stampguard.postgres.major", "18") + ")");
    assertThat(written.err()).isEmpty();
    byte[] bytes = Files.readAllBytes(lock);
    assertThat(files.listing()).isEqualTo(before + "\nstampguard.lock");

    InProcess.Result again = runHere("snapshot");
    assertEnds(again, ExitCode.OK);
    assertThat(again.out()).startsWith("current: `stampguard.lock` holds 2 revisions and ");
    assertThat(lock).hasBinaryContent(bytes);

    Files.delete(lock);
    assertEnds(runHere("snapshot"), ExitCode.OK);
    assertThat(lock).hasBinaryContent(bytes);
    assertEnds(runHere("snapshot", "--check"), ExitCode.OK);
  }

  @Test
  void checkingWritesNothing() {
    InProcess.Result check = runHere("snapshot", "--check");
    assertEnds(check, ExitCode.FINDINGS);
    assertThat(check.out())
        .isEqualTo("not current: `stampguard.lock` does not exist; run `stampguard snapshot`\n");
    assertThat(lock).doesNotExist();
  }

  @Test
  void aNewRevisionIsPendingAndIsTakenUp() throws IOException {
    upgrade();
    assertEnds(runHere("snapshot"), ExitCode.OK);
    files.revision("a3", "'a2'", "op.create_table('posts', sa.Column('id', sa.Integer))");

    InProcess.Result check = run("check");
    assertEnds(check, ExitCode.OK);
    assertThat(check.err()).isEmpty();
    assertEnds(run("check", "--require-head"), ExitCode.FINDINGS);
    InProcess.Result story = run("diagnose", "--output", "json");
    assertEnds(story, ExitCode.OK);
    assertThat(story.out()).contains("\"verdict\": \"behind\"", "\"source\": \"lock\"");
    assertThat(run("history").out()).containsPattern("(?m)^.*a3.*pending");
    InProcess.Result stale = runHere("snapshot", "--check");
    assertEnds(stale, ExitCode.FINDINGS);
    assertThat(stale.out())
        .startsWith(
            "not current: `stampguard.lock` does not fit the scripts: 1 revision new (`a3`)");

    InProcess.Result written = runHere("snapshot");
    assertThat(written.out())
        .startsWith("written: `stampguard.lock` holds 3 revisions")
        .contains("1 revision new (`a3`)");

    Files.delete(project.resolve("migrations/versions/a3.py"));
    assertEnds(run("check"), ExitCode.OK);
    InProcess.Result vanished = runHere("snapshot", "--check");
    assertEnds(vanished, ExitCode.FINDINGS);
    assertThat(vanished.out()).contains("1 revision gone (`a3`)");
  }

  @Test
  void anEditedScriptIsToldAndOnlyAReplayTellsWhatItMeans() throws IOException {
    upgrade();
    assertEnds(runHere("snapshot"), ExitCode.OK);
    edit("a2", script -> script.replace("def upgrade", "# Years.\ndef upgrade"));

    InProcess.Result check = run("check");
    assertEnds(check, ExitCode.OK);
    assertThat(check.err()).isEmpty();
    InProcess.Result strict = run("check", "--fail-on", "warning");
    assertEnds(strict, ExitCode.FINDINGS);
    assertThat(strict.err()).contains("SG114");
    assertThat(run("diagnose", "--scratch", "none").out()).contains("SG114", "is not known");
    assertThat(runHere("diagnose").out()).contains("SG114", "the same behind");
    assertThat(run("history").out()).containsPattern("(?m)^.*a2.*applied");
    assertThat(runHere("snapshot", "--check").out()).contains("1 revision edited (`a2`)");

    edit("a2", script -> script.replace("sa.Integer", "sa.BigInteger"));
    assertEnds(run("check"), ExitCode.OK);
    InProcess.Result real = runHere("diagnose");
    assertEnds(real, ExitCode.FINDINGS);
    assertThat(real.out()).contains("SG114", "column public.users.age", "SG105");
    assertEnds(runHere("snapshot"), ExitCode.OK);
    InProcess.Result altered = run("check");
    assertEnds(altered, ExitCode.FINDINGS);
    assertThat(altered.err()).contains("inconsistent");
  }

  @Test
  void aDeletedScriptBreaksTheHistoryAndLeavesTheFileAlone() throws IOException {
    assertEnds(runHere("snapshot"), ExitCode.OK);
    byte[] bytes = Files.readAllBytes(lock);
    Files.delete(project.resolve("migrations/versions/a1.py"));

    InProcess.Result broken = runHere("snapshot");
    assertEnds(broken, ExitCode.USAGE);
    assertThat(broken.err()).contains("migrations/versions/a2.py:").contains("a1");
    assertThat(lock).hasBinaryContent(bytes);
  }

  @Test
  void aBrokenFileStopsWhoReliesOnItAndIsReplaced() throws IOException {
    upgrade();
    assertEnds(runHere("snapshot"), ExitCode.OK);
    byte[] bytes = Files.readAllBytes(lock);
    String text = Files.readString(lock);
    int edited = text.indexOf("character varying(50)");
    assertThat(edited).isPositive();
    for (String broken :
        List.of(
            text.substring(0, edited) + "character varying(60)" + text.substring(edited + 21),
            text.replaceFirst("\n", "\n<<<<<<< HEAD\n"))) {
      Files.writeString(lock, broken);
      for (String command : List.of("check", "diagnose", "history")) {
        InProcess.Result stopped = run(command);
        assertEnds(stopped, ExitCode.USAGE);
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.err())
            .containsPattern("stampguard\\.lock:\\d+`")
            .contains("\n\nhint: write it anew with `stampguard snapshot`");
      }
      InProcess.Result check = runHere("snapshot", "--check");
      assertEnds(check, ExitCode.FINDINGS);
      assertThat(check.out()).contains("cannot be used");
      InProcess.Result written = runHere("snapshot");
      assertEnds(written, ExitCode.OK);
      assertThat(written.out()).contains("replaced what could not be used");
      assertThat(lock).hasBinaryContent(bytes);
    }
  }

  @Test
  void whatFailsOnAnEmptyDatabaseIsSaidAndLeftOpen() {
    files.revision("a3", "'a2'", "op.execute('SELECT 1 / (SELECT count(*) FROM users)')");
    files.revision("a4", "'a3'", "op.drop_column('users', 'age')");
    InProcess.Result written = runHere("snapshot");
    assertEnds(written, ExitCode.OK);
    assertThat(written.out())
        .contains("holds 4 revisions")
        .contains("Remarks")
        .contains("`a3` failed: ", "migrations/versions/a3.py:11", "division by zero")
        .contains("1 revision did not run because of that: `a4`");
    assertEnds(runHere("snapshot", "--check"), ExitCode.OK);
  }

  @Test
  void whatFailsInTheReplayOfADiagnosisIsSaidBesideIt() {
    upgrade();
    files.revision("a3", "'a2'", "op.execute('SELECT 1 / (SELECT count(*) FROM users)')");
    InProcess.Result story = runHere("diagnose", "--output", "json");
    assertEnds(story, ExitCode.OK);
    assertThat(story.out()).contains("\"source\": \"replay\"");
    assertThat(story.err())
        .contains("`a3` failed in the replay")
        .contains("migrations/versions/a3.py:11")
        .contains("division by zero");
  }

  @Test
  void aScriptThatCannotBeImportedIsOneSentence() throws IOException {
    upgrade();
    edit("a2", script -> "import nowhere_to_be_found\n" + script);
    InProcess.Result failed = runHere("snapshot");
    assertEnds(failed, ExitCode.USAGE);
    assertThat(failed.err().lines().findFirst().orElseThrow())
        .contains("migrations/versions/a2.py:1")
        .contains("nowhere_to_be_found");
    assertThat(failed.err()).contains("hint: ").doesNotContain("Traceback");
    assertThat(lock).doesNotExist();

    InProcess.Result story = runHere("diagnose", "--output", "json");
    assertEnds(story, ExitCode.OK);
    assertThat(story.out()).contains("\"source\": \"scripts\"");
    assertThat(story.err())
        .contains("the scripts were not replayed")
        .contains("nowhere_to_be_found");
  }

  @Test
  void withoutAnInterpreterNothingIsWritten() {
    upgrade();
    InProcess.Result failed = runHere("snapshot", "--python", "python-of-nobody");
    assertEnds(failed, ExitCode.USAGE);
    assertThat(failed.err()).contains("python-of-nobody").contains("hint: ").contains("--python");
    assertThat(lock).doesNotExist();
    InProcess.Result story = runHere("diagnose", "--python", "python-of-nobody");
    assertEnds(story, ExitCode.OK);
    assertThat(story.err()).contains("the scripts were not replayed");
  }

  @Test
  void withoutAPlaceNothingIsWritten() throws IOException {
    assertEnds(run("snapshot", "--scratch", "none"), ExitCode.USAGE);

    Path programs = Files.createDirectory(project.resolve("programs"));
    for (String name : List.of("initdb", "pg_ctl", "postgres")) {
      Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\nexit 1\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    var environment = new HashMap<>(environment());
    environment.compute("PATH", (name, path) -> programs + ":" + path);
    // An address that is reserved for documents: nobody answers.
    environment.put("DATABASE_URL", "postgresql://someone:hunter2@192.0.2.1/shop");
    InProcess.Result failed =
        InProcess.run(project, environment, "snapshot", "--connect-timeout", "100ms");
    assertEnds(failed, ExitCode.NO_ACCESS);
    assertThat(failed.err()).contains("did not start").contains("hint: ").contains("--scratch");
    assertThat(failed.err()).doesNotContain("hunter2");
    assertThat(lock).doesNotExist();
  }

  @Test
  void theTargetsServerIsLeftAsItWas() throws SQLException {
    upgrade();
    String before = traces();
    // Other tests leave some of these names on this server on purpose.
    List<String> databases = scratchDatabases();
    assertEnds(run("snapshot", "--scratch", "server"), ExitCode.OK);
    assertEnds(run("diagnose", "--scratch", "server"), ExitCode.OK);
    assertThat(traces()).isEqualTo(before);
    assertThat(databases).containsAll(scratchDatabases());
  }

  @Test
  void aMachineThatCanRunLessTakesNothingAway() throws IOException {
    edit(
        "a2",
        script ->
            script.replace(
                "    op.add_column",
                "    assert not context.get_x_argument(), 'not here'\n    op.add_column"));
    assertEnds(runHere("snapshot"), ExitCode.OK);
    byte[] bytes = Files.readAllBytes(lock);

    InProcess.Result refused = runHere("snapshot", "-x", "stop=1");
    assertEnds(refused, ExitCode.REFUSED);
    assertThat(refused.err())
        .contains("`a2` could not be replayed here")
        .contains("nothing was written")
        .contains("not here")
        .contains("hint: ");
    assertThat(lock).hasBinaryContent(bytes);
  }

  @Test
  void theDocumentGoesWhereItIsWantedAndKeepsTheSchema() throws IOException {
    InProcess.Result written = runHere("snapshot", "--output", "json", "-o", "snapshot.json");
    assertEnds(written, ExitCode.OK);
    assertThat(written.out()).isEmpty();
    String document = Files.readString(project.resolve("snapshot.json"));
    assertThat(DocumentSchema.violations(document)).isEmpty();
    assertThat(document)
        .contains(
            "\"file\": \"stampguard.lock\"",
            "\"revisions\": 2",
            "\"changed\": true",
            "\"state\": \"absent\"");

    files.revision("a3", "'a2'", "pass");
    InProcess.Result check = runHere("snapshot", "--check", "--output", "json");
    assertEnds(check, ExitCode.FINDINGS);
    assertThat(DocumentSchema.violations(check.out())).isEmpty();
    assertThat(check.out()).contains("\"checked\": true", "\"changed\": true", "\"a3\"");

    Files.writeString(lock, "nonsense\n");
    InProcess.Result failed = run("check", "--output", "json");
    assertEnds(failed, ExitCode.USAGE);
    assertThat(DocumentSchema.violations(failed.out())).isEmpty();
  }

  @Test
  void aScriptUnderAnotherNameIsNoEdit() throws IOException {
    upgrade();
    assertEnds(runHere("snapshot"), ExitCode.OK);
    Path versions = project.resolve("migrations/versions");
    Files.move(versions.resolve("a2.py"), versions.resolve("2026_01_02_age_a2.py"));

    InProcess.Result check = runHere("snapshot", "--check");
    assertEnds(check, ExitCode.OK);
    assertThat(check.out()).startsWith("current: ");
    InProcess.Result story = run("diagnose", "--fail-on", "info");
    assertEnds(story, ExitCode.OK);
    assertThat(story.out()).contains("stampguard.lock", "Findings: none");
  }

  @Test
  void aDatabaseIsComparedWithTheFile() {
    upgrade();
    InProcess.Result absent = run("compare", "target", "stampguard.lock");
    assertEnds(absent, ExitCode.USAGE);
    assertThat(absent.err()).contains("stampguard.lock").contains("stampguard snapshot");
    assertEnds(runHere("snapshot"), ExitCode.OK);

    assertEnds(run("compare", "target", "stampguard.lock"), ExitCode.OK);
    server.execute(
        database,
        "ALTER TABLE users ALTER email DROP NOT NULL, DROP age; CREATE TABLE notes (id integer)");
    InProcess.Result different = run("compare", "target", "stampguard.lock", "--output", "json");
    assertEnds(different, ExitCode.FINDINGS);
    assertThat(DocumentSchema.violations(different.out())).isEmpty();
    assertThat(different.out())
        .contains("column public.users.email", "column public.users.age", "table public.notes");
    InProcess.Result rows = run("compare", "target", "stampguard.lock", "--rows");
    assertEnds(rows, ExitCode.USAGE);
    assertThat(rows.err()).contains("no rows to count");
  }

  @Test
  void aFileOfAnotherToolIsNeverPassedOverInSilence() throws IOException {
    upgrade();
    assertEnds(runHere("snapshot"), ExitCode.OK);
    Files.writeString(lock, Files.readString(lock).replace("tool\talembic", "tool\tflyway"));
    var check = run("check");
    assertEnds(check, ExitCode.USAGE);
    assertThat(check.err()).contains("of flyway").contains("hint: ");
    assertEnds(runHere("snapshot", "--check"), ExitCode.FINDINGS);
    assertEnds(runHere("snapshot"), ExitCode.OK);
    assertEnds(run("check"), ExitCode.OK);
  }

  @Test
  void aFileOfAnotherDefaultSchemaGivesWayToTheScripts() {
    assertEnds(runHere("snapshot"), ExitCode.OK);
    server.execute(
        database, "CREATE SCHEMA app; ALTER DATABASE %s SET search_path = app".formatted(database));
    upgrade();

    assertEnds(run("check"), ExitCode.OK);
    InProcess.Result story = run("diagnose", "--scratch", "none", "--output", "json");
    assertEnds(story, ExitCode.OK);
    assertThat(story.out()).contains("\"source\": \"scripts\"", "\"verdict\": \"consistent\"");
  }

  /** In the scripts' own order the other branch comes first. */
  @Test
  void ofTwoBranchesThatWriteOneColumnTheRecordedOneIsJudged() {
    files
        .revision("b1", "'a2'", "op.alter_column('users', 'email', type_=sa.String(99))")
        .revision("c1", "'a2'", "op.alter_column('users', 'email', server_default='x')");
    Alembic.Result upgraded =
        Alembic.require().run(project, server.url(database), List.of("upgrade", "c1"));
    assertThat(upgraded.exitCode()).as(upgraded.output()).isZero();

    InProcess.Result healthy = runHere("diagnose");
    assertEnds(healthy, ExitCode.OK);
    assertThat(healthy.out()).contains("SG109").doesNotContain("SG105");
    server.execute(database, "ALTER TABLE users ALTER email TYPE varchar(7)");
    InProcess.Result altered = runHere("diagnose");
    assertEnds(altered, ExitCode.FINDINGS);
    assertThat(altered.out()).contains("SG105", "`column public.users.email` is not as");

    server.execute(database, "ALTER TABLE users ALTER email TYPE varchar(50)");
    assertEnds(runHere("snapshot"), ExitCode.OK);
    assertEnds(run("check"), ExitCode.OK);
  }
}
