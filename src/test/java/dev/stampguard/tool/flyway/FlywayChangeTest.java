package dev.stampguard.tool.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Flyway migrations in transactions of ours. */
@Tag("postgres")
class FlywayChangeTest {
  private static final ChangeLimits LIMITS =
      new ChangeLimits(
          new LockTimeout(Duration.ofMillis(300)), new StatementTimeout(Duration.ofSeconds(30)));

  private final PostgresServer server = PostgresServer.shared();
  private String database;

  @TempDir private Path directory;

  @BeforeEach
  void migrate() throws IOException {
    database = server.createDatabase();
    Files.writeString(directory.resolve("flyway.conf"), "flyway.locations=filesystem:sql\n");
    Files.createDirectories(directory.resolve("sql"));
    script("V1__a.sql", "CREATE TYPE mood AS ENUM ('ok');\nCREATE TABLE a (id int, m mood);");
    flyway().migrate();
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(directory.resolve("sql").resolve(name), sql + "\n");
  }

  private Flyway flyway() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(database);
    source.setUser("postgres");
    source.setPassword("postgres");
    return Flyway.configure()
        .dataSource(source)
        .locations("filesystem:" + directory.resolve("sql"))
        .lockRetryCount(1)
        .load();
  }

  private ChangeSession connect() {
    MigrationProject project = new FlywayTool(Map.of()).detect(directory).orElseThrow();
    var settings =
        new RunSettings(
            Optional.empty(),
            Map.of(),
            false,
            Map.of(),
            List.of(),
            "DATABASE_URL",
            Duration.ofMinutes(1));
    ChangeSession session = project.changer(settings).start(server.target(database), LIMITS);
    session.connect();
    return session;
  }

  @Test
  void whatRanIsThereWithTheCommitOnly() throws IOException {
    script("V2__b.sql", "SET search_path TO pg_catalog;\nCREATE TABLE public.b (id int);");
    script("V3__c.sql", "CREATE TABLE c (id int);");
    try (ChangeSession session = connect()) {
      session.begin();
      assertThat(session.run("2", true)).isInstanceOf(ChangeOutcome.Done.class);
      assertThat(session.run("3", true)).isInstanceOf(ChangeOutcome.Done.class);
      assertThat(session.look().ledger().rows()).containsExactly("1", "2", "3");
      assertThat(session.query("SELECT to_regclass('public.c')::text"))
          .containsExactly(List.of("public.c"));
      session.rollback();
      session.begin();
      assertThat(session.look().ledger().rows()).containsExactly("1");
      session.run("2", true);
      session.run("3", true);
      session.commit();
    }
    flyway().validate();
    assertThat(flyway().migrate().migrationsExecuted).isZero();
  }

  @Test
  void aFailureLeavesTheTransactionAsItWas() throws IOException {
    script("V2__b.sql", "CREATE TABLE b (id int);\n\nCREATE TABLE d (\n  id nothing);");
    try (ChangeSession session = connect()) {
      session.begin();
      var failed = (ChangeOutcome.Failed) session.run("2", true);
      assertThat(failed.line()).isEqualTo(3);
      assertThat(failed.message()).isEqualTo("`sql/V2__b.sql:3`: type \"nothing\" does not exist");
      assertThat(failed.missing().orElseThrow().name()).isEqualTo("nothing");
      assertThat(session.query("SELECT to_regclass('public.b')::text").getFirst().getFirst())
          .isNull();
      session.commit();
    }
  }

  @Test
  void whatCannotRunInOurTransactionSaysSo() throws IOException {
    script("V2__index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);");
    script("V3__mood.sql", "ALTER TYPE mood ADD VALUE 'good';\nINSERT INTO a VALUES (1, 'good');");
    script("V4__own.sql", "CREATE TABLE e (id int);\nCOMMIT;\nCREATE TABLE f (id int);");
    script("V5__conf.sql", "CREATE TABLE g (id int);");
    script("V5__conf.sql.conf", "executeInTransaction=false");
    try (ChangeSession session = connect()) {
      session.begin();
      assertThat(((ChangeOutcome.NeedsCut) session.run("5", true)).cut())
          .isEqualTo(ChangeOutcome.Cut.ALONE);
      assertThat(((ChangeOutcome.NeedsCut) session.run("2", true)).cut())
          .isEqualTo(ChangeOutcome.Cut.ALONE);
      assertThat(((ChangeOutcome.NeedsCut) session.run("3", true)).cut())
          .isEqualTo(ChangeOutcome.Cut.BEFORE);
      session.rollback();
      assertThat(session.runAlone("2", true)).isInstanceOf(ChangeOutcome.Done.class);
      session.begin();
      assertThat(session.look().ledger().rows()).containsExactly("1", "2");
      var ended = (ChangeOutcome.TransactionEnded) session.run("4", true);
      assertThat(ended.committed()).isTrue();
    }
  }

  @Test
  void flywayCannotRunMeanwhile() throws IOException {
    script("V2__b.sql", "CREATE TABLE b (id int);");
    try (ChangeSession session = connect()) {
      session.begin();
      assertThatThrownBy(() -> flyway().migrate()).isInstanceOf(FlywayException.class);
      session.rollback();
    }
    flyway().migrate();
  }

  @Test
  void whoHoldsTheHistoryIsNamed() throws SQLException {
    try (Connection other = server.connect(database);
        Statement statement = other.createStatement();
        ChangeSession session = connect()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE flyway_schema_history IN ROW EXCLUSIVE MODE");
      assertThatThrownBy(session::begin)
          .isInstanceOf(StampguardException.class)
          .matches(e -> ((StampguardException) e).exitCode() == ExitCode.REFUSED);
    }
  }
}
