package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.backup.BackupDraft;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.Manifests;
import dev.stampguard.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a shell is answered: in time, or nothing. */
@Timeout(120)
class CandidatesTest {
  /** A machine that is busy makes no test fail. */
  private static final Duration PATIENT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private record Answer(int exitCode, String out, String err) {
    List<String> names() {
      return out.lines().map(line -> line.split("\t")[0]).toList();
    }
  }

  private Answer ask(Duration limit, String what, String... typed) {
    byte[] lines = String.join("\n", typed).getBytes(StandardCharsets.UTF_8);
    return ask(limit, what, new ByteArrayInputStream(lines), Map.of());
  }

  private Answer ask(
      Duration limit, String what, InputStream typed, Map<String, String> environment) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var invocation =
        new Invocation(
            directory,
            environment,
            directory.resolve("home"),
            "tester",
            typed,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    int exitCode = new Candidates(invocation, limit).answer(what);
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void revisionsAreTheScriptsWithTheirMessages() throws IOException {
    project(directory.resolve("shop"));
    Answer answer =
        ask(PATIENT, "revisions", "stampguard", "repair", "--project", "shop", "--run", "");
    assertThat(answer).isEqualTo(new Answer(0, "a1\tstart\nb2\tgo on\n", ""));
    assertThat(ask(PATIENT, "revisions", "stampguard", "--project=" + directory + "/shop"))
        .isEqualTo(answer);
    Path home = directory.resolve("home/my shop");
    project(home);
    assertThat(ask(PATIENT, "revisions", "--project", "~/my\\ shop")).isEqualTo(answer);
    assertThat(ask(PATIENT, "revisions", "--project", "'" + home + "'")).isEqualTo(answer);
  }

  @Test
  void backupsAreThoseOfTheDirectoryThatWasTyped() throws IOException {
    project(directory);
    Instant time = Instant.parse("2025-11-27T03:55:12Z");
    for (Path place : List.of(BackupStore.defaultDirectory(directory), directory.resolve("else"))) {
      try (BackupDraft draft = new BackupStore(place).begin(time, place.getFileName().toString())) {
        draft.complete(Manifests.env(time));
      }
    }
    assertThat(ask(PATIENT, "backups", "restore", "").names())
        .containsExactly("20251127T035512Z-backups");
    assertThat(ask(PATIENT, "backups", "restore", "--directory", "else", "").names())
        .containsExactly("20251127T035512Z-else");
  }

  @Test
  void databasesAreThoseOfTheServer() throws IOException {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    server.execute(database, "CREATE DATABASE \"two\nlines\"");
    try {
      project(directory);
      Answer answer = ask(PATIENT, "databases", "target", "use", "--url", server.url(database), "");
      assertThat(answer.exitCode()).isZero();
      assertThat(answer.err()).isEmpty();
      assertThat(answer.names())
          .contains(database, "postgres")
          .doesNotContain("template0", "two", "lines");
      assertThat(
              ask(
                  PATIENT,
                  "databases",
                  InputStream.nullInputStream(),
                  Map.of("DATABASE_URL", server.url(database))))
          .isEqualTo(answer);
      assertThat(ask(PATIENT, "databases", "--url", server.url("no_such_database"), ""))
          .isEqualTo(new Answer(0, "", ""));
    } finally {
      server.execute(database, "DROP DATABASE \"two\nlines\"");
    }
  }

  @Test
  void whatCannotBeKnownIsLeftOutInSilence() throws IOException {
    var nothing = new Answer(0, "", "");
    assertThat(ask(PATIENT, "databases", "target", "use", "")).isEqualTo(nothing);
    assertThat(ask(PATIENT, "databases", "--url", "postgresql://u:secret@127.0.0.1:1/d"))
        .isEqualTo(nothing);
    assertThat(ask(PATIENT, "databases", "--url", "mysql://what")).isEqualTo(nothing);
    assertThat(ask(PATIENT, "databases", "--url")).isEqualTo(nothing);
    assertThat(ask(PATIENT, "revisions", "")).isEqualTo(nothing);
    assertThat(ask(PATIENT, "backups", "")).isEqualTo(nothing);
    assertThat(ask(PATIENT, "secrets", "")).isEqualTo(nothing);
    project(directory);
    Files.writeString(directory.resolve("stampguard.properties"), "nonsense=1\n");
    assertThat(ask(PATIENT, "revisions", "")).isEqualTo(nothing);
  }

  @Test
  void anAnswerThatIsLateIsNone() throws IOException {
    project(directory);
    var nothing = new Answer(0, "", "");
    // Accepts, and never says a word.
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "postgresql://u@127.0.0.1:%d/d".formatted(silent.getLocalPort());
      long start = System.nanoTime();
      assertThat(ask(Candidates.LIMIT, "databases", "--url", url)).isEqualTo(nothing);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Candidates.LIMIT, Duration.ofSeconds(5));
    }
    // A shell that never ends what was typed.
    try (var open = new PipedOutputStream();
        var waiting = new PipedInputStream(open)) {
      assertThat(ask(Candidates.LIMIT, "revisions", waiting, Map.of())).isEqualTo(nothing);
    }
    assertThat(Candidates.LIMIT).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void theProgramItselfAnswers() throws IOException {
    project(directory);
    InProcess.Result result =
        InProcess.run(directory, Map.of(), Candidates.COMMAND, "nothing-like-it");
    assertThat(result).isEqualTo(new InProcess.Result(0, "", ""));
    assertThat(InProcess.run(directory, Map.of(), "--help").out())
        .doesNotContain(Candidates.COMMAND);
  }

  private static void project(Path root) throws IOException {
    Path versions = Files.createDirectories(root.resolve("m/versions"));
    Files.writeString(root.resolve("alembic.ini"), "[alembic]\nscript_location = m\n");
    script(versions, "a1", "None", "start");
    script(versions, "b2", "\"a1\"", "go on");
  }

  private static void script(Path versions, String id, String parent, String message)
      throws IOException {
    Files.writeString(
        versions.resolve(id + ".py"),
        """
        \"""%s\"""
        revision = "%s"
        down_revision = %s


        def upgrade():
            pass
        """
            .formatted(message, id, parent));
  }
}
