package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is around the program: pipes, signals, and a locale that knows no letter beyond ASCII. */
class TerminalIT {
  private static final int TABLES = 3000;

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path directory;

  @BeforeEach
  void begin() {
    new AlembicFiles(directory)
        .revision("a1", "None", "op.create_table('größe_量', sa.Column('id', sa.Integer))")
        .write(".env", "DATABASE_URL=" + server.url(database) + "\n");
    server.execute(
        database,
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
            + "INSERT INTO alembic_version VALUES ('a1')");
  }

  private Program program() {
    return new Program(directory);
  }

  @Test
  void namesBeyondAsciiComeOutAsTheyAreWhateverTheLocale() {
    for (String locale : new String[] {"C", "POSIX"}) {
      Shell.Result text =
          program()
              .with("LANG", locale)
              .with("LC_ALL", locale)
              .run("diagnose", "--scratch", "none");
      assertThat(text.out()).contains("größe_量");
      Shell.Result json =
          program().with("LC_ALL", locale).run("diagnose", "--scratch", "none", "--output", "json");
      assertThat(json.out()).contains("\"table public.\\\"größe_量\\\"\"");
    }
  }

  /** A JVM takes the names of files as the locale has them; the executable takes all as UTF-8. */
  @Test
  void pathsBeyondAsciiAreOpened() throws IOException {
    Program.requireNative("paths beyond ASCII");
    Path project = Files.createDirectory(directory.resolve("größe"));
    new AlembicFiles(project)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))");
    Shell.Result result = program().run("check", "--project", project.toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains("a1");
  }

  @Test
  void pipeGetsNoColour() {
    Shell.Result piped =
        program().with("TERM", "xterm").shell("\"$0\" diagnose --scratch none | cat");
    assertThat(piped.out()).isNotEmpty().doesNotContain("\u001b");
    Shell.Result forced = program().shell("\"$0\" diagnose --scratch none --color always | cat");
    assertThat(forced.out()).contains("\u001b[");
  }

  @Test
  void closedPipeIsNoFailure() {
    server.execute(
        database,
        IntStream.range(0, TABLES)
            .mapToObj("CREATE TABLE a_table_with_a_rather_long_name_%d (id int);"::formatted)
            .collect(Collectors.joining()));
    Shell.Result head =
        program()
            .shell("{ \"$0\" diagnose --scratch none --output json; echo $? >code; } | head -n 1");
    assertThat(head.err()).isEmpty();
    assertThat(head.out()).isEqualTo("{\n");
    assertThat(directory.resolve("code")).content().isEqualTo("3\n");
  }

  @Test
  void interruptEndsItWithoutAWord() throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        program()
            .start(out, err, "check", "--wait", "60s", "--url", "postgresql://localhost:1/none");
    try {
      // There is nothing to see of it while it waits.
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isFalse();
      assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(out).isEmptyFile();
      assertThat(Files.readString(err)).doesNotContain("Exception");
    } finally {
      process.destroyForcibly();
    }
  }

  /** What passes a signal on is found by reflection. */
  @Test
  void signalGoesOnToTheCommandThatIsWatched() throws IOException, InterruptedException {
    server.execute(database, "CREATE TABLE \"größe_量\" (id int)");
    Path out = directory.resolve("out");
    String trapped = "trap 'kill $!; exit 42' INT; sleep 60 & echo started; wait";
    Process process =
        program().start(out, directory.resolve("err"), "exec", "--", "sh", "-c", trapped);
    try {
      for (int i = 0; i < 600 && Files.size(out) == 0; i++) {
        Thread.sleep(50);
      }
      assertThat(out).content().isEqualTo("started\n");
      assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(42);
    } finally {
      process.destroyForcibly();
    }
  }
}
