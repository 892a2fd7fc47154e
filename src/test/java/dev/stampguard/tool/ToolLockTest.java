package dev.stampguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.AcceptedDrift;
import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.OrphanedLock;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.World;
import dev.stampguard.tool.flyway.FlywayTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks of migration tools, as they make them: who holds them, and whether somebody is behind. */
class ToolLockTest {
  private static final ToolLock.Row ROW = (ToolLock.Row) known("liquibase", "databasechangelog");

  private static ToolLock known(String tool, String table) {
    return KnownLocks.of(
            tool,
            new Ledger(
                new QualifiedName("public", table),
                true,
                List.of(),
                List.of(),
                true,
                OptionalInt.empty()),
            "shop")
        .orElseThrow();
  }

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();
  private final PostgresConnector connector =
      new PostgresConnector(
          new ConnectTimeout(Duration.ofSeconds(60)),
          new StatementTimeout(Duration.ofSeconds(60)),
          new LockTimeout(Duration.ofSeconds(5)));

  @TempDir private Path project;

  private Optional<HeldLock> look(ToolLock lock) {
    try (PostgresConnection connection = connector.open(server.target(database))) {
      return HeldLock.look(connection, lock);
    }
  }

  private static Optional<Finding> finding(HeldLock held) {
    Diagnosis before = Diagnoser.diagnose(new World().facts());
    return OrphanedLock.judge(before, "the tool", Optional.of(held), List.of()).findings().stream()
        .filter(found -> found.code() == FindingCode.SG120)
        .findFirst();
  }

  private static Optional<Finding> finding(
      ToolLock lock, Duration age, boolean isIdle, boolean areOthersAtWork) {
    return finding(
        new HeldLock(
            lock,
            Optional.of("session 42, role app"),
            Optional.of("noon"),
            Optional.ofNullable(age),
            isIdle,
            areOthersAtWork));
  }

  @Test
  void aRowOfLiquibasesStaysWhenItsHolderDies() {
    assertThat(look(ROW)).as("no table").isEmpty();
    server.execute(
        database,
        """
        CREATE TABLE databasechangeloglock (
          id int PRIMARY KEY, locked boolean NOT NULL, lockgranted timestamp, lockedby varchar(255));
        INSERT INTO databasechangeloglock VALUES (1, false, NULL, NULL)
        """);
    assertThat(look(ROW)).as("free").isEmpty();

    server.execute(
        database,
        """
        UPDATE databasechangeloglock
        SET locked = true, lockgranted = localtimestamp - interval '2 hours', lockedby = 'ci-7 (10.0.0.7)'
        """);
    HeldLock held = look(ROW).orElseThrow();
    assertThat(held.by()).contains("ci-7 (10.0.0.7)");
    assertThat(held.age().orElseThrow()).isBetween(Duration.ofHours(2), Duration.ofHours(3));
    assertThat(held.areOthersAtWork()).isFalse();
    Finding found = finding(held).orElseThrow();
    assertThat(found.detail())
        .startsWith("`ci-7 (10.0.0.7)` holds `public.databasechangeloglock` for the tool since ")
        .endsWith("its holder seems to be gone; the next migration will wait for it or fail.");
    assertThat(found.hint()).endsWith("release it: `liquibase release-locks`");
    assertThat(found.objects()).hasToString("[table public.databasechangeloglock]");
  }

  @Test
  void whereSomebodyIsAtWorkTheRowIsProbablyTheirs() throws Exception {
    server.execute(
        database,
        """
        CREATE TABLE knex_migrations_lock (index int PRIMARY KEY, is_locked int);
        INSERT INTO knex_migrations_lock VALUES (1, 1)
        """);
    ToolLock knex = known("knex", "knex_migrations");
    assertThat(finding(look(knex).orElseThrow()).orElseThrow().detail())
        .startsWith("Somebody holds `public.knex_migrations_lock` for the tool. Nobody is at work");
    try (Connection other = server.connect(database);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1");
      HeldLock held = look(knex).orElseThrow();
      assertThat(held.areOthersAtWork()).isTrue();
      assertThat(finding(held)).isEmpty();
    }
  }

  @Test
  void flywaysLockIsTheOneThatFlywayTakes() throws Exception {
    Files.createDirectories(project.resolve("sql"));
    Files.writeString(project.resolve("flyway.toml"), "[flyway]\nlocations = ['filesystem:sql']\n");
    Files.writeString(
        project.resolve("sql/V1__held.sql"),
        "CREATE TABLE held AS SELECT classid::text AS c, objid::text AS o, objsubid::text AS s"
            + " FROM pg_locks WHERE locktype = 'advisory'"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database());");
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://localhost:%d/%s".formatted(server.port(), database),
            "postgres",
            "postgres")
        .locations("filesystem:" + project.resolve("sql"))
        .load()
        .migrate();
    MigrationProject flyway = new FlywayTool(Map.of()).detect(project).orElseThrow();
    ToolLock lock;
    try (PostgresConnection connection = connector.open(server.target(database));
        var transaction = connection.readOnly()) {
      lock = flyway.locks(flyway.ledger().read(transaction), database).getFirst();
    }
    var key = (ToolLock.Advisory) lock;
    assertThat(server.texts(database, "SELECT c || ' ' || o || ' ' || s FROM held"))
        .isEqualTo(List.of("%d %d %d".formatted(key.classId(), key.objectId(), key.subId())));
    assertThat(look(lock)).as("free").isEmpty();

    try (Connection holder = server.connect(database);
        Statement statement = holder.createStatement()) {
      statement.execute(
          "SELECT pg_advisory_lock(%d)".formatted(key.classId() << 32 | key.objectId()));
      HeldLock held = look(lock).orElseThrow();
      assertThat(held.by().orElseThrow()).matches("session \\d+, role postgres, .*idle");
      assertThat(held.isIdle()).isTrue();
      assertThat(held.areOthersAtWork()).isFalse();
      assertThat(finding(held)).as("just taken").isEmpty();
    }
  }

  @Test
  void aSessionIsLeftAloneAsLongAsItMayBeMigrating() {
    ToolLock lock = ToolLock.Advisory.of(-1);
    Duration minutes = Duration.ofMinutes(6);
    assertThat(lock).isEqualTo(new ToolLock.Advisory(0xFFFF_FFFFL, 0xFFFF_FFFFL, 1));
    assertThat(finding(lock, minutes, true, false).orElseThrow().detail())
        .startsWith("Session 42, role app holds its advisory lock for the tool since noon. Nobody");
    assertThat(finding(lock, minutes, true, false).orElseThrow().hint())
        .endsWith("SELECT pg_terminate_backend(42)");
    assertThat(finding(lock, minutes, false, false)).as("busy").isEmpty();
    assertThat(finding(lock, minutes, true, true)).as("others").isEmpty();
    assertThat(finding(lock, Duration.ofHours(25), true, true)).as("for a day").isPresent();
    assertThat(finding(lock, Duration.ofMinutes(4), true, false)).as("short").isEmpty();
    assertThat(finding(ROW, Duration.ofSeconds(30), true, false)).as("new row").isEmpty();
    assertThat(finding(ROW, null, true, false)).as("nobody knows").isPresent();
  }

  @Test
  void oneThatSomebodyAcceptedIsCountedAndNotTold() {
    var rule =
        new AcceptedDrift(
            "SG120", "table public.alembic_version"::equals, "a pool rests with it", "here:1");
    Diagnosis before = Diagnoser.diagnose(new World().accept("SG120", "x", "other").facts());
    assertThat(before.unusedAcceptances()).as("not looked for").isEmpty();
    var held =
        new HeldLock(
            ToolLock.Advisory.of(-1),
            Optional.of("session 42, role app"),
            Optional.of("noon"),
            Optional.of(Duration.ofHours(2)),
            true,
            false);

    Diagnosis told = OrphanedLock.judge(before, "the tool", Optional.of(held), List.of());
    assertThat(told.findings())
        .extracting(Finding::objects)
        .hasToString("[[table public.alembic_version]]");
    Diagnosis accepted = OrphanedLock.judge(before, "the tool", Optional.of(held), List.of(rule));
    assertThat(accepted.findings()).isEmpty();
    assertThat(accepted.ignored())
        .extracting(ignored -> ignored.code() + " " + ignored.object() + ": " + ignored.reason())
        .containsExactly("SG120 table public.alembic_version: a pool rests with it");
    Diagnosis free = OrphanedLock.judge(before, "the tool", Optional.empty(), List.of(rule));
    assertThat(free.unusedAcceptances()).containsExactly("here:1");
    assertThat(
            OrphanedLock.unlooked(before, List.of(ToolLock.Advisory.of(-1)), List.of(rule))
                .unusedAcceptances())
        .as("nobody looked, and it may be held")
        .isEmpty();
    assertThat(OrphanedLock.unlooked(before, List.of(ROW), List.of(rule)).unusedAcceptances())
        .as("the tool's lock is another")
        .containsExactly("here:1");
    assertThat(OrphanedLock.unlooked(before, List.of(), List.of(rule)).unusedAcceptances())
        .as("the tool takes none")
        .containsExactly("here:1");
  }
}
