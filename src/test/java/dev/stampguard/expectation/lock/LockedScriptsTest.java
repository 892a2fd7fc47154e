package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lock file may save reading scripts, and must never change what they say. */
class LockedScriptsTest {
  @TempDir private Path directory;

  /** What may have happened to the scripts since the lock file was written. */
  private enum Since {
    NOTHING,
    LINE_ENDS,
    BYTE_ORDER_MARK,
    EDITED,
    REPARENTED,
    ADDED,
    REMOVED,
    REMOVED_ROOT,
    RENAMED,
    SWAPPED,
    COPIED,
    BROKEN,
    NOT_UTF8,
    COMPUTED_PLACE,
    CYCLE,
    LABEL_MOVED,
    LABEL_DROPPED,
    ADDED_BY_LABEL
  }

  private AlembicFiles files() {
    return new AlembicFiles(directory)
        .revision("aaa", "None", "op.create_table('a', sa.Column('id', sa.Integer()))")
        .revision("bbb", "'aaa'", "op.execute('CREATE TABLE b (id int)')")
        .revision("ccc", "'aaa'", "pass")
        .revision("ddd", "('bbb', 'ccc')", "pass")
        .write(
            "migrations/versions/2024_01_02_eee.py",
            "\"\"\"Say a word\n\nCreate Date: 2024-03-04\n\"\"\"\nrevision = 'eee'\n"
                + "down_revision = 'ddd'\ndef upgrade():\n    op.execute('''DROP\nTABLE b''')\n");
  }

  private Path script(String id) {
    return directory.resolve("migrations/versions/" + id + ".py");
  }

  private void replace(String id, String from, String to) throws IOException {
    Path file = script(id);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private void apply(AlembicFiles files, Since since) throws IOException {
    switch (since) {
      case NOTHING -> {}
      case LINE_ENDS -> {
        replace("bbb", "\n", "\r\n");
        replace("2024_01_02_eee", "\n", "\r\n");
      }
      case BYTE_ORDER_MARK -> replace("bbb", "import sqlalchemy", "\ufeffimport sqlalchemy");
      case EDITED -> replace("bbb", "CREATE TABLE b", "CREATE TABLE bb");
      case REPARENTED -> replace("ccc", "down_revision = 'aaa'", "down_revision = 'bbb'");
      case ADDED -> files.revision("fff", "'eee'", "op.drop_table('a')");
      case REMOVED -> Files.delete(script("2024_01_02_eee"));
      case REMOVED_ROOT -> Files.delete(script("aaa"));
      case RENAMED -> Files.move(script("2024_01_02_eee"), script("2023_05_06_eee"));
      case SWAPPED -> {
        String content = Files.readString(script("bbb"));
        Files.writeString(script("bbb"), Files.readString(script("ccc")));
        Files.writeString(script("ccc"), content);
      }
      case COPIED -> Files.copy(script("bbb"), script("aba"));
      case BROKEN -> Files.writeString(script("bbb"), "def (");
      case NOT_UTF8 -> Files.write(script("bbb"), new byte[] {(byte) 0xC3, 0x28});
      case COMPUTED_PLACE -> replace("bbb", "\"bbb\"", "name()");
      case CYCLE -> replace("aaa", "down_revision = None", "down_revision = 'eee'");
      case LABEL_MOVED -> {
        replace("bbb", "branch_labels = None", "branch_labels = 'there'");
        replace("2024_01_02_eee", "'ddd'", "'there'");
        lock(files);
        replace("bbb", "branch_labels = 'there'", "branch_labels = None");
        replace("ccc", "branch_labels = None", "branch_labels = 'there'");
      }
      case LABEL_DROPPED -> {
        replace("bbb", "branch_labels = None", "branch_labels = 'there'");
        replace("2024_01_02_eee", "'ddd'", "'there'");
        lock(files);
        replace("bbb", "branch_labels = 'there'", "branch_labels = None");
      }
      case ADDED_BY_LABEL -> {
        replace("bbb", "branch_labels = None", "branch_labels = 'there'");
        lock(files);
        files.revision("fff", "'there'", "pass");
      }
    }
  }

  private void lock(AlembicFiles files) {
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

  private LockedScripts locked() {
    return new LockedScripts(() -> LockReader.read(directory.resolve(LockFile.NAME)));
  }

  @ParameterizedTest
  @EnumSource
  void changesNoAnswer(Since since) throws IOException {
    AlembicFiles files = files();
    lock(files);
    apply(files, since);
    Scripts read = files.project().scripts();
    var known = locked();
    Scripts taken = files.project().scripts(known);
    assertThat(taken.graph().revisions()).isEqualTo(read.graph().revisions());
    assertThat(taken.graph().problems()).isEqualTo(read.graph().problems());
    for (String id : List.of("aaa", "bbb", "ccc", "ddd", "eee", "fff", "name")) {
      assertThat(taken.graph().isDefined(id)).isEqualTo(read.graph().isDefined(id));
      assertThat(taken.graph().neededBy(id)).isEqualTo(read.graph().neededBy(id));
    }
    assertThat(known.drift(taken.graph(), directory))
        .isEqualTo(
            LockDrift.between(
                known.lock().orElseThrow(),
                read.graph(),
                ScriptDigest.ofAll(read.graph(), directory)));
    assertThat(taken.idle()).isEqualTo(read.idle());
    assertThat(List.copyOf(taken.operations().entrySet()))
        .isEqualTo(List.copyOf(read.operations().entrySet()));
  }

  /** Claims each script is another one: what is answered was not read in it. */
  private record Renaming(KnownScripts known) implements KnownScripts {
    @Override
    public Optional<Revision> find(String file, byte[] content) {
      return known.find(file, content).map(Renaming::renamed);
    }

    @Override
    public Collection<Revision> revisions() {
      return known.revisions();
    }

    private static Revision renamed(Revision found) {
      return new Revision(
          found.id(),
          "taken",
          found.file(),
          found.line(),
          found.parents(),
          found.dependsOn(),
          found.labels(),
          found.created());
    }
  }

  @Test
  void onlyNewAndChangedScriptsAreParsed() throws IOException {
    AlembicFiles files = files();
    lock(files);
    files.revision("fff", "'eee'", "pass");
    replace("bbb", "CREATE TABLE b", "CREATE TABLE bb");
    assertThat(files.project().scripts(new Renaming(locked())).graph().revisions())
        .filteredOn(revision -> !revision.message().equals("taken"))
        .extracting(Revision::id)
        .containsExactly("bbb", "fff");
  }

  @Test
  void aScriptIsTheOneThatStoodThereWhenTheHistoryWasRead() throws IOException {
    AlembicFiles files = files();
    lock(files);
    Scripts taken = files.project().scripts(locked());
    var then = files.project().scripts().operations();
    Files.write(script("bbb"), "gone".getBytes(StandardCharsets.UTF_8));
    assertThat(taken.operations()).isEqualTo(then);
  }

  @Test
  void withoutLockEveryScriptIsRead() {
    AlembicFiles files = files();
    assertThat(files.project().scripts(locked()).graph().revisions())
        .isEqualTo(files.project().scripts().graph().revisions());
  }
}
