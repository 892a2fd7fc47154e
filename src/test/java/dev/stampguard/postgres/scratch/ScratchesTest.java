package dev.stampguard.postgres.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.database.DatabaseLocale;
import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ScratchesTest {
  private static final PostgresConnector CONNECTOR = ScratchHolder.connector();

  private final PostgresServer server = PostgresServer.shared();

  @Test
  void aThrowAwayServerIsPrivateAndGoesWhenClosed() throws SQLException, IOException {
    Path directory;
    try (Scratch scratch = open(new ScratchPlacement.Auto(), programs(), Optional.empty())) {
      directory = directory(scratch);
      assertThat(scratch.isThrowAwayServer()).isTrue();
      assertThat(scratch.target().database()).startsWith("stampguard_scratch_");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(value(scratch.target(), "SHOW listen_addresses")).isEmpty();
      assertThat(value(scratch.target(), "SHOW is_superuser")).isEqualTo("on");
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void aThrowAwayServerDiesWithItsOwner() throws IOException, InterruptedException {
    Process holder = hold(programs().orElseThrow().directory().toString(), "");
    Path directory = Path.of(holder.inputReader().readLine());
    long postmaster = Long.parseLong(Files.readAllLines(pidFile(directory)).getFirst());
    assertThat(ProcessHandle.of(postmaster)).isPresent();

    holder.destroyForcibly().waitFor();

    assertThat(within(Duration.ofSeconds(20), () -> !Files.exists(directory))).isTrue();
    // Its parent is gone too: where nobody collects orphans, its process id stays taken.
    assertThat(ProcessHandle.of(postmaster).flatMap(process -> process.info().command())).isEmpty();
  }

  @Test
  void whatAKilledShellLeavesGoesWithTheNextServer() throws IOException, InterruptedException {
    Process holder = hold(programs().orElseThrow().directory().toString(), "");
    try {
      Path directory = Path.of(holder.inputReader().readLine());
      long postmaster = Long.parseLong(Files.readAllLines(pidFile(directory)).getFirst());
      Supplier<Optional<String>> server =
          () -> ProcessHandle.of(postmaster).flatMap(process -> process.info().command());
      open(new ScratchPlacement.Auto(), programs(), Optional.empty()).close();
      assertThat(server.get()).as("its shell lives").isPresent();

      List<ProcessHandle> shells =
          holder.descendants().filter(process -> process.pid() != postmaster).toList();
      shells.forEach(ProcessHandle::destroyForcibly);
      shells.forEach(shell -> shell.onExit().join());
      assertThat(server.get()).as("nobody stops it").isPresent();

      open(new ScratchPlacement.Auto(), programs(), Optional.empty()).close();
      assertThat(directory).doesNotExist();
      assertThat(server.get()).isEmpty();
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServersDatabaseTakesOverEncodingLocaleSettingsAndRole() throws SQLException {
    server.execute(
        "postgres",
        "CREATE DATABASE model TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
    server.execute(
        "model",
        """
        ALTER DATABASE model SET search_path = "$user", "odd ""name", public;
        ALTER DATABASE model SET app.tenant = 'it''s';
        ALTER ROLE postgres IN DATABASE model SET "TimeZone" = 'Asia/Tokyo'
        """);
    Target target = server.target("model");
    DatabaseModel model;
    try (PostgresConnection connection = CONNECTOR.open(target);
        var transaction = connection.readOnly()) {
      model = DatabaseModel.read(transaction);
    }
    assertThat(model.roles()).contains("postgres");

    String name;
    try (Scratch scratch =
        open(new ScratchPlacement.TargetServer(), Optional.empty(), Optional.of(target), model)) {
      name = scratch.target().database();
      assertThat(scratch.isThrowAwayServer()).isFalse();
      assertThat(value(scratch.target(), "SHOW server_encoding")).isEqualTo("LATIN1");
      assertThat(value(scratch.target(), "SHOW search_path"))
          .isEqualTo("\"$user\", \"odd \"\"name\", public");
      assertThat(value(scratch.target(), "SHOW app.tenant")).isEqualTo("it's");
      // SHOW would tell the driver's own time zone.
      assertThat(
              value(
                  scratch.target(),
                  "SELECT setconfig FROM pg_db_role_setting s, pg_database d"
                      + " WHERE d.oid = s.setdatabase AND d.datname = current_database()"))
          .contains("TimeZone=Asia/Tokyo");
    }
    assertThat(databases()).doesNotContain(name);
  }

  @Test
  void schemasOfTheSearchPathAndExtensionsAreThere() throws SQLException {
    String database = server.createDatabase();
    server.execute(
        database,
        """
        CREATE SCHEMA "my app";
        CREATE SCHEMA helpers;
        CREATE EXTENSION citext SCHEMA helpers;
        CREATE EXTENSION pg_stat_statements;
        CREATE TABLE t (c helpers.citext)
        """);
    Target target = withSearchPath(server.target(database), "nowhere,\"my app\",public,pg_catalog");
    DatabaseModel model;
    try (PostgresConnection connection = CONNECTOR.open(target);
        var transaction = connection.readOnly()) {
      model = DatabaseModel.read(transaction);
    }
    assertThat(model.schemas()).containsExactly("my app", "public");
    assertThat(model.extensions())
        .containsExactly(
            new DatabaseModel.Extension("citext", "helpers", true),
            new DatabaseModel.Extension("pg_stat_statements", "public", false));

    // Another target, so that the search path does not come with the connection.
    Optional<Target> plain = Optional.of(server.target(database));
    for (DatabaseModel taken : List.of(model, model.without(Set.of("my app"), Set.of("citext")))) {
      try (Scratch scratch =
          open(new ScratchPlacement.TargetServer(), Optional.empty(), plain, taken)) {
        boolean all = taken.equals(model);
        assertThat(value(scratch.target(), "SELECT current_schema()"))
            .isEqualTo(all ? "my app" : "public");
        assertThat(value(scratch.target(), "SELECT to_regtype('helpers.citext') IS NOT NULL"))
            .isEqualTo(all ? "t" : "f");
      }
    }
  }

  @Test
  void onlyAnExtensionThatSomethingNeedsMustBeThere() {
    Optional<Target> target = Optional.of(server.target("postgres"));
    var idle = new DatabaseModel.Extension("no_such", "public", false);
    open(new ScratchPlacement.TargetServer(), Optional.empty(), target, with(idle)).close();

    var needed = new DatabaseModel.Extension("no_such", "public", true);
    int before = databases().size();
    assertThatThrownBy(
            () -> open(new ScratchPlacement.TargetServer(), Optional.empty(), target, with(needed)))
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_ACCESS))
        .hasMessage("extension `no_such` cannot be installed in a scratch database");
    assertThat(databases()).hasSize(before);
  }

  private static DatabaseModel with(DatabaseModel.Extension extension) {
    DatabaseModel plain = DatabaseModel.plain();
    return new DatabaseModel(
        plain.encoding(), plain.locale(), Map.of(), List.of(), List.of(), List.of(extension));
  }

  private static Target withSearchPath(Target target, String path) {
    return new Target(
        target.database(),
        target.endpoints(),
        target.user(),
        target.password(),
        Map.of("options", "-c search_path=" + path.replace(" ", "\\ ")),
        "test");
  }

  @Test
  void anUnknownLocaleGivesWayToThePlainOne() throws SQLException {
    var model =
        new DatabaseModel(
            "UTF8",
            new DatabaseLocale("xx_XX.utf8", "xx_XX.utf8", "c", Optional.empty(), Optional.empty()),
            Map.of("no.such", "1", "nosuch", "1"),
            List.of(),
            List.of(),
            List.of());
    try (Scratch scratch =
        open(
            new ScratchPlacement.TargetServer(),
            Optional.empty(),
            Optional.of(server.target("postgres")),
            model)) {
      assertThat(value(scratch.target(), "SHOW server_encoding")).isEqualTo("UTF8");
    }
  }

  @Test
  void aLeftOverIsSweptAndAStrangerIsNot() throws IOException, InterruptedException, SQLException {
    Process holder = hold("-", Integer.toString(server.port()));
    String leftOver = holder.inputReader().readLine();
    server.execute("postgres", "CREATE DATABASE stampguard_scratch_0abc_1");
    server.execute("postgres", "CREATE DATABASE stampguard_scratch_young_1 CONNECTION LIMIT 6174");
    Target target = server.target("postgres");
    var auto = new ScratchPlacement.Auto();

    open(auto, Optional.empty(), Optional.of(target)).close();
    assertThat(databases()).contains(leftOver);

    holder.destroyForcibly().waitFor();
    assertThat(
            within(
                Duration.ofSeconds(20),
                () -> {
                  open(auto, Optional.empty(), Optional.of(target)).close();
                  return !databases().contains(leftOver);
                }))
        .isTrue();
    assertThat(databases()).contains("stampguard_scratch_0abc_1", "stampguard_scratch_young_1");
    // Other tests look at the shared server for what they themselves may have left.
    server.execute("postgres", "DROP DATABASE stampguard_scratch_0abc_1");
    server.execute("postgres", "DROP DATABASE stampguard_scratch_young_1");
  }

  @Test
  void aRoleThatMayNotCreateDatabasesIsToldSo() {
    server.execute("postgres", "CREATE ROLE pauper LOGIN PASSWORD 'p'");
    Target target =
        new Target(
            "postgres",
            server.target("postgres").endpoints(),
            "pauper",
            Optional.of(new Secret("p")),
            Map.of(),
            "test");
    assertThatThrownBy(
            () -> open(new ScratchPlacement.TargetServer(), Optional.empty(), Optional.of(target)))
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_ACCESS))
        .hasMessage("role `pauper` may not create a scratch database");
  }

  @Test
  void nothingIsMadeOnARemoteServerUnlessToldTo() {
    Target remote =
        new Target(
            "app",
            List.of(new Target.Endpoint("db.example.org", 5432)),
            "app",
            Optional.empty(),
            Map.of(),
            "test");
    var scratches = new Scratches(CONNECTOR, Optional.empty());
    for (ScratchPlacement placement :
        List.of(new ScratchPlacement.Auto(), new ScratchPlacement.Nowhere())) {
      assertThat(
              scratches.open(
                  new Scratches.Request(
                      placement, Optional.of(remote), DatabaseModel.plain(), List.of())))
          .isEmpty();
    }
  }

  @Test
  void aServerThatDoesNotStartIsOneSentence() throws IOException {
    Path empty = Files.createTempDirectory("no-programs");
    assertThatThrownBy(
            () ->
                open(
                    new ScratchPlacement.Auto(),
                    Optional.of(new ServerPrograms(empty)),
                    Optional.empty()))
        .isInstanceOf(StampguardException.class)
        .hasMessageStartingWith("the throw-away server of `" + empty + "` did not start: ");
  }

  private Scratch open(
      ScratchPlacement placement, Optional<ServerPrograms> programs, Optional<Target> target) {
    return open(placement, programs, target, DatabaseModel.plain());
  }

  private Scratch open(
      ScratchPlacement placement,
      Optional<ServerPrograms> programs,
      Optional<Target> target,
      DatabaseModel model) {
    return new Scratches(CONNECTOR, programs)
        .open(new Scratches.Request(placement, target, model, List.of()))
        .orElseThrow();
  }

  private Optional<ServerPrograms> programs() {
    return Optional.of(
        new ServerPrograms(
            Path.of(
                value(
                    PostgresServer.local().target("postgres"),
                    "SELECT setting FROM pg_config WHERE name = 'BINDIR'"))));
  }

  private static Path directory(Scratch scratch) {
    return Path.of(scratch.target().endpoints().getFirst().host());
  }

  private static Path pidFile(Path directory) {
    return directory.resolve("data").resolve("postmaster.pid");
  }

  private static Process hold(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScratchHolder.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private List<String> databases() {
    try (var connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
      return DatabaseModel.column(rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String value(Target target, String sql) {
    try (PostgresConnection connection = CONNECTOR.open(target);
        Statement statement = connection.jdbc().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean within(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    return true;
  }
}
