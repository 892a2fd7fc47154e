package dev.stampguard.service.replay;

import static dev.stampguard.service.replay.Replays.onServer;
import static dev.stampguard.service.replay.Replays.throwAway;
import static dev.stampguard.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.target.Target;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.python.driver.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is killed, and wherever the scratch is. */
@Tag("postgres")
class NothingLeftTest {
  /** Tells who runs it and where, then hangs in the server. */
  private static final String HANG =
      """
      import os
      row = op.get_bind().execute(sa.text(
          "SELECT current_database(), current_setting('unix_socket_directories')")).fetchone()
      with open("where.part", "w") as file:
          file.write("%d\\n%s\\n%s\\n" % ((os.getpid(),) + tuple(row)))
      os.rename("where.part", "where")
      op.execute("SELECT pg_sleep(600)")
      """;

  @TempDir Path directory;

  private final PostgresServer server = PostgresServer.shared();
  private final Interpreter python = Pythons.withAlembic().getFirst();

  @Test
  void pythonKilledIsOneSentence() {
    List<String> databases = databases();
    for (ScratchPlacement placement : List.of(throwAway(), onServer())) {
      AlembicFiles files =
          new AlembicFiles(directory)
              .revision("a1", "None", "import os\nos.kill(os.getpid(), 9)\n");
      assertThatThrownBy(() -> Replays.replay(Replays.request(files, python, placement)))
          .isInstanceOf(StampguardException.class)
          .hasMessage("Python ended in revision `a1`: it was killed by signal 9");
    }
    assertThat(databases()).isEqualTo(databases);
  }

  @Test
  void theServerKilledIsOneSentence() throws IOException {
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision(
                "a1",
                "None",
                """
                import os
                bind = op.get_bind()
                data = bind.execute(sa.text("SHOW data_directory")).scalar()
                backends = bind.execute(sa.text("SELECT pid FROM pg_stat_activity")).fetchall()
                with open("data", "w") as file:
                    file.write(data)
                os.kill(int(open(data + "/postmaster.pid").readline()), 9)
                for (pid,) in backends:
                    os.kill(pid, 9)
                op.execute("SELECT 1")
                """);
    assertThatThrownBy(() -> Replays.replay(Replays.request(files, python, throwAway())))
        .isInstanceOf(StampguardException.class)
        .hasMessageMatching("[^\\n]+");
    assertThat(Path.of(Files.readString(directory.resolve("data"))).getParent()).doesNotExist();
  }

  @Test
  void ourselvesKilledOnAThrowAwayServerLeavesNothing() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path project = Files.createDirectory(directory.resolve("p"));
    AlembicFiles files = new AlembicFiles(project).revision("a1", "None", HANG);
    String before = files.listing();

    List<String> where = killWhileItRuns(project, temporary, Replays.programs().toString());

    assertThat(Path.of(where.get(2))).hasParent(temporary);
    assertThat(within(() -> !runs(where.getFirst()))).as("Python is gone").isTrue();
    assertThat(within(() -> isEmpty(temporary))).as("nothing is left in TMPDIR").isTrue();
    Files.delete(project.resolve("where"));
    assertThat(files.listing()).isEqualTo(before);
  }

  @Test
  void ourselvesKilledOnAServerIsSweptByTheNextRun() throws Exception {
    Path project = Files.createDirectory(directory.resolve("p"));
    AlembicFiles files = new AlembicFiles(project).revision("a1", "None", HANG);

    List<String> where = killWhileItRuns(project, directory, "-", Integer.toString(server.port()));

    assertThat(databases()).contains(where.get(1));
    assertThat(within(() -> !runs(where.getFirst()))).as("Python is gone").isTrue();
    var scratches = new Scratches(Replays.CONNECTOR, Optional.empty());
    // The statement it was in ends when its server notices that nobody waits for it.
    assertThat(
            within(
                () -> {
                  scratches.open(Replays.request(files, python, onServer()).place()).get().close();
                  return !databases().contains(where.get(1));
                }))
        .isTrue();
  }

  @Test
  void theTargetIsUntouchedWhereverTheScratchIs() {
    String database = server.createDatabase();
    server.execute(
        database,
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
            + "INSERT INTO alembic_version VALUES ('a1'); CREATE TABLE t (i int);"
            + "INSERT INTO t VALUES (1); CREATE EXTENSION citext;"
            + "ALTER DATABASE "
            + database
            + " SET search_path = app, public");
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision("a1", "None", "op.create_table('t', sa.Column('i', sa.Integer))")
            .revision("a2", "'a1'", "op.execute('INSERT INTO t VALUES (2)')")
            .revision("a3", "'a2'", "op.drop_table('t')");
    Target target = server.target(database);
    for (ScratchPlacement placement :
        List.of(throwAway(), onServer(), new ScratchPlacement.At(target))) {
      Untouched untouched = Untouched.of(server, database);
      List<String> databases = databases();

      Replays.Request request = Replays.request(files, python, placement);
      Replay replay =
          Replays.replay(
              new Replays.Request(
                  request.project(),
                  request.run(),
                  request.interpreter(),
                  new Scratches.Request(placement, Optional.of(target), model(target), List.of()),
                  Optional.empty()));

      assertThat(replay.complete()).as(replay.toString()).isTrue();
      untouched.verify();
      assertThat(databases()).isEqualTo(databases);
    }
  }

  private static DatabaseModel model(Target target) {
    try (PostgresConnection connection = Replays.CONNECTOR.open(target);
        var transaction = connection.readOnly()) {
      return DatabaseModel.read(transaction);
    }
  }

  /** Process id, database and socket directory of the replay that was killed. */
  private List<String> killWhileItRuns(Path project, Path temporary, String... place)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                ReplayVictim.class.getName(),
                project.toString(),
                python.program().toString()));
    command.addAll(List.of(place));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("TMPDIR", temporary.toString());
    Process victim = builder.start();
    Path where = project.resolve("where");
    assertThat(within(() -> Files.exists(where) || !victim.isAlive())).isTrue();
    victim.destroyForcibly().waitFor();
    return Files.readAllLines(where);
  }

  /** Where nobody collects orphans, a dead one keeps its process id and loses its command. */
  private static boolean runs(String pid) {
    return ProcessHandle.of(Long.parseLong(pid))
        .flatMap(process -> process.info().command())
        .isPresent();
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> databases() {
    return List.of(
        Replays.value(
                server,
                "postgres",
                "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database")
            .split(" "));
  }
}
