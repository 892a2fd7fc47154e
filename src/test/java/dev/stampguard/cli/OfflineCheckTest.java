package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockWriter;
import dev.stampguard.expectation.lock.ScriptDigest;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.tool.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate that asks no database. */
class OfflineCheckTest {
  /** No address: whoever resolved it would fail with 2. */
  private static final Map<String, String> NO_TARGET = Map.of("DATABASE_URL", "nonsense://");

  @TempDir private Path directory;

  private InProcess.Result check(String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "check";
    words[1] = "--offline";
    System.arraycopy(more, 0, words, 2, more.length);
    return InProcess.run(directory, NO_TARGET, words);
  }

  private AlembicFiles chain() {
    return new AlembicFiles(directory)
        .revision("aaa", "None", "op.execute('CREATE TABLE a (id int)')")
        .revision("bbb", "'aaa'", "op.execute('CREATE TABLE b (id int)')");
  }

  static void lock(AlembicFiles files, Path directory) {
    Scripts scripts = files.project().scripts();
    LockWriter.write(
        LockFile.of(
            "alembic",
            18,
            "public",
            scripts.graph(),
            ScriptExpectation.of(scripts, "public"),
            ScriptDigest.ofAll(scripts.graph(), directory)),
        directory.resolve(LockFile.NAME));
  }

  @Test
  void aWholeHistoryIsSilent() {
    lock(chain(), directory);
    assertThat(check()).isEqualTo(new InProcess.Result(0, "", ""));
  }

  @Test
  void aProjectWithoutLockIsJudgedByItsHistory() {
    chain();
    assertThat(check()).isEqualTo(new InProcess.Result(0, "", ""));
  }

  @Test
  void severalHeadsAreAWarning() {
    chain().revision("ccc", "'aaa'", "pass");
    assertThat(check()).isEqualTo(new InProcess.Result(0, "", ""));
    assertThat(check("-v").err()).contains("warning SG109", "`bbb`, `ccc`");
    InProcess.Result strict = check("--fail-on", "warning");
    assertThat(strict.exitCode()).isEqualTo(3);
    assertThat(strict.err()).contains("SG109");
  }

  @ParameterizedTest
  @CsvSource({
    "bbb, 'aaa', is also defined in",
    "ddd, 'nowhere', which no script defines",
    "aaa, 'bbb', form a cycle"
  })
  void aHistoryThatIsNoneIsAnError(String id, String parent, String words) throws IOException {
    AlembicFiles files = chain();
    if (words.contains("also")) {
      Path versions = directory.resolve("migrations/versions");
      Files.copy(versions.resolve("bbb.py"), versions.resolve("copy.py"));
    } else {
      files.revision(id, "'" + parent + "'", "pass");
    }
    InProcess.Result result = check();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("error SG111", words, "hint: ");
  }

  @Test
  void aScriptThatCannotBeLoadedIsAnError() {
    chain().write("migrations/versions/ccc.py", "revision = 'ccc'\ndef upgrade(:\n");
    InProcess.Result result = check();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains("error SG111", "migrations/versions/ccc.py");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edited", "lacks revisions", "scripts are gone"})
  void aLockThatIsNotCurrentIsAnError(String title) throws IOException {
    AlembicFiles files = chain();
    lock(files, directory);
    Path script = directory.resolve("migrations/versions/bbb.py");
    switch (title) {
      case "edited" -> Files.writeString(script, Files.readString(script) + "# more\n");
      case "lacks revisions" -> files.revision("ccc", "'bbb'", "pass");
      case "scripts are gone" -> Files.delete(script);
      default -> throw new IllegalArgumentException(title);
    }
    InProcess.Result result = check();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains("error SG114", title, "stampguard snapshot");
  }

  @Test
  void aScriptThatFollowsAnotherThanBeforeIsToldOnce() {
    lock(chain(), directory);
    new AlembicFiles(directory).revision("bbb", "None", "pass");
    assertThat(check().err()).containsOnlyOnce("SG114").contains("edited");
  }

  @Test
  void aHalfMergedLockIsAnError() throws IOException {
    lock(chain(), directory);
    Path lock = directory.resolve(LockFile.NAME);
    Files.writeString(lock, "<<<<<<< HEAD\n" + Files.readString(lock));
    InProcess.Result result = check();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains("error SG114", "the lock file cannot be used");
  }

  @Test
  void theDocumentSaysWhatIsKnown() {
    lock(chain(), directory);
    chain().revision("ccc", "'bbb'", "pass");
    InProcess.Result result = check("--output", "json");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).isEmpty();
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out())
        .contains("\"command\": \"check\"", "\"verdict\": null", "\"target\": null")
        .contains("\"SG114\"", "\"id\": \"ccc\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--require-head", "--databases=*", "--output=sarif"})
  void whatOnlyADatabaseAnswersIsAUsageError(String option) {
    chain();
    InProcess.Result result = check(option);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("`--offline`", "hint: ");
  }
}
