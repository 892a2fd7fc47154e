package dev.stampguard.postgres.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.client.ClientPrograms.Program;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.testing.FakePrograms;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgres")
class ClientCommandTest {
  private static final String SECRET = "s3cret-of-the-test";

  private final PostgresServer server = PostgresServer.shared();
  private final PostgresClient real = PostgresClient.forServer(18);

  @TempDir private Path directory;

  @Test
  void whatItPrintsComesLineByLine() {
    var lines = new ArrayList<String>();

    psql("SELECT n FROM generate_series(1, 3) n").forEachLine(lines::add);

    assertThat(lines).containsExactly("1", "2", "3");
  }

  @Test
  void whatItPrintsGoesToAFile() throws IOException {
    Path file = directory.resolve("printed");

    psql("SELECT current_database()").writeTo(file);

    assertThat(file).hasContent("postgres\n");
  }

  @Test
  void aDumpComesBackByTheSameProgramsOnEveryMajor() {
    String from = server.createDatabase();
    String to = server.createDatabase();
    server.execute(from, "CREATE TABLE t AS SELECT 7 AS n");
    Path archive = directory.resolve("archive");

    on(from, Program.PG_DUMP, "--format=custom", "--file=" + archive).run();
    on(to, Program.PG_RESTORE, archive.toString()).run();

    var lines = new ArrayList<String>();
    on(to, Program.PSQL, "--tuples-only", "--no-align", "--command=TABLE t")
        .forEachLine(lines::add);
    assertThat(lines).containsExactly("7");
  }

  @Test
  void aRestoreThatFailsSaysWhy() {
    String from = server.createDatabase();
    server.execute(from, "CREATE TABLE t (n int)");
    Path archive = directory.resolve("archive");
    on(from, Program.PG_DUMP, "--format=custom", "--file=" + archive).run();

    assertFails(
        on(from, Program.PG_RESTORE, archive.toString()),
        ExitCode.CHANGE_FAILED,
        "`pg_restore` failed on `%s`: could not execute query: ERROR:  relation \"t\" already exists"
            .formatted(from));
  }

  @Test
  void aNameThatLooksLikeAConnectionStringIsAName() {
    server.createDatabase("host=nowhere 'x'");

    var lines = new ArrayList<String>();
    on(
            "host=nowhere 'x'",
            Program.PSQL,
            "--tuples-only",
            "--no-align",
            "--command=SELECT current_database()")
        .forEachLine(lines::add);

    assertThat(lines).containsExactly("host=nowhere 'x'");
  }

  @Test
  void noServerIsNoAccess() {
    var nowhere =
        new Target(
            "nowhere",
            List.of(new Target.Endpoint("localhost", 1)),
            "postgres",
            Optional.empty(),
            Map.of(),
            "test");

    assertThatThrownBy(
            () -> ClientCommand.on(nowhere, programs(), Program.PG_DUMP, List.of()).run())
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_ACCESS));
  }

  @Test
  void thePasswordIsInTheEnvironmentOnly() throws IOException {
    ClientPrograms fake =
        replaced("pg_dump", "tr '\\0' '\\n' </proc/$$/cmdline; env | grep '^PG' | sort");
    var target =
        new Target(
            "d",
            List.of(new Target.Endpoint("a", 1), new Target.Endpoint("b", 2)),
            "u",
            Optional.of(new Secret(SECRET)),
            Map.of("sslmode", "require", "client_encoding", "latin1"),
            "test");
    Path printed = directory.resolve("printed");

    ClientCommand.on(target, fake, Program.PG_DUMP, List.of("--verbose")).writeTo(printed);

    assertThat(Files.readAllLines(printed))
        .containsExactly(
            "/bin/sh",
            fake.file(Program.PG_DUMP).toString(),
            "--host=a,b",
            "--port=1,2",
            "--username=u",
            "--no-password",
            "--dbname=dbname='d'",
            "--verbose",
            "PGPASSWORD=" + SECRET,
            "PGSSLMODE=require");
  }

  /** What libpq reads from no variable: the secret in a file of its owner, which goes. */
  @Test
  void parametersWithoutAVariableReachItToo() throws IOException {
    ClientPrograms fake =
        replaced(
            "pg_dump",
            "tr '\\0' '\\n' </proc/$$/cmdline; echo $PGSERVICE; cat $PGSERVICEFILE;"
                + " stat -c %a $PGSERVICEFILE; echo $PGSERVICEFILE");
    Target target =
        withSecret()
            .withParameter("sslpassword", SECRET + " with 'quotes'")
            .withParameter("keepalives_idle", "30")
            .withParameter("tcp_user_timeout", "9000");
    Path printed = directory.resolve("printed");

    ClientCommand.on(target, fake, Program.PG_DUMP, List.of()).writeTo(printed);

    List<String> lines = Files.readAllLines(printed);
    assertThat(lines)
        .containsSubsequence(
            "--dbname=dbname='postgres' keepalives_idle='30' tcp_user_timeout='9000'",
            "stampguard",
            "[stampguard]",
            "sslpassword=" + SECRET + " with 'quotes'",
            "600");
    assertThat(lines.stream().filter(line -> line.startsWith("--")))
        .noneMatch(l -> l.contains(SECRET));
    assertThat(Path.of(lines.getLast())).isAbsolute().doesNotExist();
  }

  @Test
  void realProgramsTakeThem() {
    Target target =
        server
            .target("postgres")
            .withParameter("sslpassword", SECRET)
            .withParameter("fallback_application_name", "it's me")
            .withParameter("keepalives", "1")
            .withParameter("keepalives_idle", "30")
            .withParameter("keepalives_interval", "5")
            .withParameter("keepalives_count", "3")
            .withParameter("tcp_user_timeout", "9000");
    var lines = new ArrayList<String>();

    ClientCommand.on(
            target,
            programs(),
            Program.PSQL,
            List.of("--tuples-only", "--no-align", "--command=SHOW tcp_user_timeout"))
        .forEachLine(lines::add);

    assertThat(lines).hasSize(1);
  }

  @Test
  void whatItSaysIsMasked() {
    ClientPrograms fake =
        replaced("pg_dump", "echo \"pg_dump: error: wrong password $PGPASSWORD\" >&2; exit 1");
    Target target = withSecret();
    var said = new ArrayList<String>();

    assertThatThrownBy(
            () -> ClientCommand.on(target, fake, Program.PG_DUMP, List.of()).run(said::add))
        .hasMessage("`pg_dump` failed on `postgres`: wrong password ***");
    assertThat(said).containsExactly("pg_dump: error: wrong password ***");
  }

  @Test
  void aFileThatGrowsTooLargeIsSaid() {
    Path big = directory.resolve("big");
    ClientPrograms fake =
        replaced("pg_dump", "ulimit -f 1; exec head -c 1000000 /dev/zero >'%s'".formatted(big));

    assertFails(
        ClientCommand.on(withSecret(), fake, Program.PG_DUMP, List.of()),
        ExitCode.CHANGE_FAILED,
        "`pg_dump` failed on `postgres`: a file became larger than this session may write");
  }

  @Test
  void itEndsWithTheThreadThatWaits() throws InterruptedException, IOException {
    Path started = directory.resolve("started");
    ClientPrograms fake = replaced("pg_dump", "echo $$ >'%s'; exec sleep 600".formatted(started));
    var thrown = new AtomicReference<RuntimeException>();
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    ClientCommand.on(withSecret(), fake, Program.PG_DUMP, List.of()).run();
                  } catch (RuntimeException e) {
                    thrown.set(e);
                  }
                });
    Instant limit = Instant.now().plus(Duration.ofSeconds(20));
    while (!Files.exists(started) || Files.size(started) == 0) {
      assertThat(Instant.now()).isBefore(limit);
      Thread.sleep(10);
    }

    waiting.interrupt();

    assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(started).strip())))
        .matches(process -> process.isEmpty() || !process.get().isAlive());
  }

  private static void assertFails(ClientCommand command, ExitCode exitCode, String message) {
    assertThatThrownBy(command::run)
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e).hasMessage(message);
              assertThat(e.exitCode()).isEqualTo(exitCode);
            });
  }

  private ClientCommand psql(String sql) {
    return on("postgres", Program.PSQL, "--tuples-only", "--no-align", "--command=" + sql);
  }

  private ClientCommand on(String database, Program program, String... arguments) {
    return ClientCommand.on(server.target(database), programs(), program, List.of(arguments));
  }

  private ClientPrograms programs() {
    return new ClientPrograms(real.directory(), real.major());
  }

  private ClientPrograms replaced(String program, String script) {
    FakePrograms fake =
        FakePrograms.around(directory.resolve("bin"), real).replace(program, real, script);
    return ClientPrograms.find(fake.path(), real.major());
  }

  private Target withSecret() {
    return new Target(
        "postgres",
        List.of(new Target.Endpoint("localhost", server.port())),
        "postgres",
        Optional.of(new Secret(SECRET)),
        Map.of(),
        "test");
  }
}
