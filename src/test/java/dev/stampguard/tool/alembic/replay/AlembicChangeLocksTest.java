package dev.stampguard.tool.alembic.replay;

import static dev.stampguard.tool.alembic.replay.Changes.assertDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Other sessions beside a change. */
@Tag("postgres")
class AlembicChangeLocksTest {
  @TempDir Path directory;

  private final PostgresServer server = PostgresServer.shared();
  private final Interpreter python = Pythons.withAlembic().getFirst();

  private Changes changes() {
    Changes changes =
        new Changes(directory, python)
            .revision("a1", "None", "op.execute('CREATE TABLE t (i int)')")
            .revision("a2", "'a1'", "op.execute('ALTER TABLE t ADD COLUMN n int')");
    changes.alembic(changes.database(), "upgrade", "a1");
    return changes;
  }

  @Test
  void whoeverHoldsTheLedgerIsNamed() throws SQLException {
    Changes changes = changes();
    try (ChangeSession session = changes.session(Duration.ofMillis(300), "postgres");
        Connection other = server.connect(changes.database());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SET application_name = 'a deploy'");
      statement.execute("UPDATE alembic_version SET version_num = version_num");
      assertRefused(session::begin, changes, other, "public.alembic_version");
      assertThatThrownBy(session::transaction).isInstanceOf(IllegalStateException.class);
      other.rollback();

      session.begin();
      statement.execute("SET lock_timeout = 200");
      assertThat(changes.value("SELECT version_num FROM alembic_version")).isEqualTo("a1");
      assertThatThrownBy(
              () -> statement.execute("UPDATE alembic_version SET version_num = version_num"))
          .hasMessageContaining("lock timeout");
      other.rollback();
      session.rollback();
      statement.execute("UPDATE alembic_version SET version_num = version_num");
    }
  }

  @Test
  void whoeverIsInTheWayOfLookingIsNamed() throws SQLException {
    Changes changes = changes();
    try (ChangeSession session = changes.session(Duration.ofMillis(300), "postgres");
        Connection other = server.connect(changes.database());
        Statement statement = other.createStatement()) {
      session.begin();
      Inspection inside = session.look();
      other.setAutoCommit(false);
      statement.execute("SET application_name = 'a deploy'");
      statement.execute("ALTER TABLE t ADD COLUMN m int");
      assertThat(session.run("a2", true))
          .isInstanceOfSatisfying(
              ChangeOutcome.Failed.class,
              failed -> assertThat(failed.sqlState()).contains("55P03"));
      assertThatThrownBy(() -> session.query("SELECT count(*) FROM public.t"))
          .isInstanceOf(StampguardException.class)
          .hasMessageMatching(
              "the schema of `%s` is locked: session %d \\(`a deploy`\\) holds `public\\.\\w+`"
                  .formatted(changes.database(), pid(other)));
      other.rollback();
      assertDone(session.run("a2", true));
      assertThat(session.look().ledger().rows()).containsExactly("a2");
      assertThat(inside.ledger().rows()).containsExactly("a1");
      session.commit();
    }
  }

  private static void assertRefused(
      ThrowingCallable action, Changes changes, Connection holder, String held)
      throws SQLException {
    int pid = pid(holder);
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED);
              assertThat(e.isPassing()).isTrue();
              assertThat(e.getMessage())
                  .isEqualTo(
                      "the schema of `%s` is locked: session %d (`a deploy`) holds `%s`"
                          .formatted(changes.database(), pid, held));
            });
  }

  private static int pid(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  @Test
  void aRoleThatMayNotWriteTheLedgerIsToldSo() {
    Changes changes = changes();
    String role = "reader_" + changes.database();
    changes.execute(
        "CREATE ROLE %1$s LOGIN PASSWORD 'postgres'; GRANT SELECT ON alembic_version TO %1$s"
            .formatted(role));
    try (ChangeSession session = changes.session(Duration.ofSeconds(5), role)) {
      assertThatThrownBy(session::begin)
          .isInstanceOfSatisfying(
              StampguardException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_ACCESS))
          .hasMessageContaining("permission denied for table alembic_version");
    }
  }

  @Test
  void methodsOutOfTurnAreMistakes() {
    Changes changes = changes();
    try (ChangeSession session = changes.session()) {
      assertThatThrownBy(session::look).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> session.run("a2", true)).isInstanceOf(IllegalStateException.class);
      session.begin();
      assertThatThrownBy(session::begin).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> session.runAlone("a2", true))
          .isInstanceOf(IllegalStateException.class);
      assertDone(session.run("a2", true));
    }
    assertThat(changes.value("SELECT version_num FROM alembic_version")).isEqualTo("a1");
  }
}
