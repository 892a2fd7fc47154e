package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PgBouncer;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a pooler that gives each transaction whatever session of the server is free. */
@Tag("postgres")
class PgBouncerTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;
  @TempDir private Path files;
  private PgBouncer bouncer;

  @BeforeEach
  void begin() {
    bouncer = PgBouncer.start(server, files);
    server.execute(database, "CREATE SCHEMA app");
    server.execute("postgres", "ALTER DATABASE " + database + " SET search_path = app, public");
    new AlembicFiles(project)
        .write("migrations/env.py", AlembicFiles.ENVIRONMENT)
        .revision(
            "a1",
            "None",
            """
            op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))
            op.create_table("orders", sa.Column("user_id", sa.Integer))
            """)
        .revision(
            "a2",
            "'a1'",
            """
            with op.get_context().autocommit_block():
                op.execute("CREATE INDEX CONCURRENTLY ix_orders ON orders (user_id)")
            """)
        .revision("a3", "'a2'", "op.execute('ALTER TABLE users ALTER id TYPE bigint')");
    Alembic.Result upgraded =
        Alembic.require().run(project, server.url(database), List.of("upgrade", "head"));
    assertThat(upgraded.exitCode()).as(upgraded.output()).isZero();
  }

  @AfterEach
  void end() {
    bouncer.close();
  }

  private InProcess.Result run(String... args) {
    var environment = new HashMap<>(ReplayEnvironment.variables());
    environment.put("DATABASE_URL", bouncer.url(database));
    return InProcess.run(project, environment, args);
  }

  private static void assertEnds(InProcess.Result result, ExitCode code) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code.code());
    assertThat(result.err()).isEmpty();
  }

  /** Each runs twice: the second one gets the sessions that the first one has used. */
  @Test
  void everythingThatLooksAndReplaysWorksAndLeavesNothingBehind() throws Exception {
    for (int time = 0; time < 2; time++) {
      assertEnds(run("check"), ExitCode.OK);
      InProcess.Result replayed = run("diagnose", "--scratch", "server", "--output", "json");
      assertEnds(replayed, ExitCode.OK);
      assertThat(replayed.out()).contains("\"source\": \"replay\"");
      assertEnds(run("snapshot", "--scratch", "server"), ExitCode.OK);
      assertThat(Files.readString(project.resolve("stampguard.lock"))).contains("app.ix_orders");
      assertEnds(run("check"), ExitCode.OK);
      Files.delete(project.resolve("stampguard.lock"));
    }

    server.execute(database, "DROP INDEX app.ix_orders; ALTER TABLE app.users ALTER id TYPE int");
    InProcess.Result damaged = run("diagnose", "--scratch", "server");
    assertEnds(damaged, ExitCode.FINDINGS);
    assertThat(damaged.out()).contains("index app.ix_orders").contains("column app.users.id");

    assertThat(value("SHOW search_path")).isEqualTo("app, public");
    assertThat(value("SELECT count(*) FROM pg_prepared_statements")).isEqualTo("0");
    assertThat(
            value(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
        .isEqualTo("0");
  }

  /** What a session of the pool says. */
  private String value(String sql) throws SQLException {
    try (var connection = bouncer.connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
