package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that somebody keeps altering while it is looked at. */
@Tag("postgres")
class ChangingSchemaTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;

  @BeforeEach
  void build() {
    new AlembicFiles(project)
        .revision(
            "a1",
            "None",
            """
            op.create_table(
                "users",
                sa.Column("id", sa.Integer, primary_key=True),
                sa.Column("email", sa.Text),
            )
            """)
        .revision("a2", "'a1'", "op.add_column('users', sa.Column('age', sa.Integer))");
    server.execute(
        database,
        """
        CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('a2');
        CREATE TABLE users (id serial PRIMARY KEY, email text, age integer)
        """);
  }

  private InProcess.Result check(int port, String... options) {
    String url = server.url(database).replace(":" + server.port() + "/", ":" + port + "/");
    String[] command = new String[options.length + 1];
    command[0] = "check";
    System.arraycopy(options, 0, command, 1, options.length);
    return InProcess.run(project, Map.of("DATABASE_URL", url), command);
  }

  /** Another table before every round trip, until there are so many. */
  private CountingProxy altering(Connection session, int most) throws IOException {
    var made = new AtomicInteger();
    return new CountingProxy(
        server.port(),
        () -> {
          int number = made.incrementAndGet();
          if (number <= most) {
            execute(session, "CREATE TABLE change_%d (id integer)".formatted(number));
          }
        });
  }

  private static void execute(Connection session, String sql) {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBadAnswerThatNoTwoLooksShareIsRefused() throws IOException, SQLException {
    server.execute(database, "ALTER TABLE users DROP COLUMN age");
    try (Connection session = server.connect(database);
        CountingProxy proxy = altering(session, Integer.MAX_VALUE)) {
      InProcess.Result check = check(proxy.port());

      assertThat(check.exitCode()).as(check.err()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(check.err())
          .startsWith("stampguard: the schema of `" + database + "` is changing: ")
          .contains("hint: ")
          .contains("--wait");
    }
  }

  @Test
  void waitingAnswersOnceTheAlteringEnds() throws IOException, SQLException {
    server.execute(database, "ALTER TABLE users DROP COLUMN age");
    // More round trips than one attempt takes.
    try (Connection session = server.connect(database);
        CountingProxy proxy = altering(session, 40)) {
      InProcess.Result check = check(proxy.port(), "--wait", "60s");

      assertThat(check.exitCode()).as(check.err()).isEqualTo(ExitCode.FINDINGS.code());
      assertThat(check.err())
          .contains("waiting: the schema of `" + database + "` is changing")
          .contains("inconsistent");
    }
  }

  @Test
  void aHealthyAnswerNeedsNoSecondLook() throws IOException, SQLException {
    try (Connection session = server.connect(database);
        CountingProxy proxy = altering(session, Integer.MAX_VALUE)) {
      InProcess.Result check = check(proxy.port());

      assertThat(check.exitCode()).as(check.err()).isZero();
      assertThat(check.err()).isEmpty();
    }
  }

  /** The column is there at one moment and not at the next: both answers are right, no other is. */
  @Test
  void aSessionThatKeepsAlteringNeverBringsAWrongAnswer() throws Exception {
    var isOver = new AtomicBoolean();
    Thread altering = Thread.ofPlatform().start(() -> alter(isOver));
    try {
      for (int look = 0; look < 12; look++) {
        InProcess.Result check = check(server.port());
        switch (check.exitCode()) {
          case 0 -> assertThat(check.err()).isEmpty();
          case 3 -> assertThat(check.err()).contains("inconsistent").contains("missing");
          case 4 -> assertThat(check.err()).contains("is changing");
          default -> throw new AssertionError(check.exitCode() + ": " + check.err());
        }
      }
    } finally {
      isOver.set(true);
      altering.join();
    }
    InProcess.Result check = check(server.port(), "--wait", "30s");
    assertThat(check.exitCode()).as(check.err()).isZero();
  }

  private void alter(AtomicBoolean isOver) {
    try (Connection session = server.connect(database)) {
      while (!isOver.get()) {
        for (String sql :
            List.of(
                "ALTER TABLE users DROP COLUMN age",
                "CREATE TABLE passing (id serial PRIMARY KEY, note text DEFAULT 'none')",
                "CREATE VIEW seen AS SELECT id, note FROM passing",
                "DROP TABLE passing CASCADE",
                "ALTER TABLE users ADD COLUMN age integer")) {
          execute(session, sql);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
