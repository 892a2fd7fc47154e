package dev.stampguard.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class DatabaseSwapTest {
  private final PostgresServer server = PostgresServer.shared();
  private String old;
  private String fresh;
  private String kept;

  @BeforeEach
  void makeDatabases() {
    old = server.createDatabase();
    fresh = server.createDatabase();
    kept = old + "_before";
    server.execute(old, "CREATE TABLE mark AS SELECT 'old' AS name");
    server.execute(fresh, "CREATE TABLE mark AS SELECT 'fresh' AS name");
  }

  @Test
  void oneTakesThePlaceOfTheOther() throws SQLException {
    swap(false);

    assertThat(mark(old)).isEqualTo("fresh");
    assertThat(mark(kept)).isEqualTo("old");
    assertThat(databases()).doesNotContain(fresh);
  }

  @Test
  void theWayBackIsTheSame() throws SQLException {
    swap(false);

    swap(server.target("postgres"), new DatabaseSwap.Request(old, kept, fresh, false));

    assertThat(mark(old)).isEqualTo("old");
    assertThat(mark(fresh)).isEqualTo("fresh");
  }

  @Test
  void aMissingDatabaseLeavesOnlyItsName() throws SQLException {
    server.execute("postgres", "DROP DATABASE " + old);

    swap(false);

    assertThat(mark(old)).isEqualTo("fresh");
    assertThat(databases()).doesNotContain(fresh, kept);
  }

  @Test
  void sessionsInTheWayAreNamed() throws SQLException {
    try (Connection session = server.connect(old);
        Statement statement = session.createStatement()) {
      statement.execute("SET application_name = 'the pipeline'");

      assertRefused(
          false,
          "`%s` is in use: session %d (the pipeline, role postgres)".formatted(old, pid(statement)),
          "--terminate");
      assertThat(statement.execute("SELECT")).isTrue();
    }
    assertNothingChanged();
  }

  @Test
  void aSessionInTheReplacementIsInTheWayToo() throws SQLException {
    try (Connection session = server.connect(fresh);
        Statement statement = session.createStatement()) {
      assertRefused(false, Integer.toString(pid(statement)), "--terminate");
    }
    assertNothingChanged();
  }

  @Test
  void sessionsAreEndedOnRequest() throws SQLException {
    try (Connection session = server.connect(old);
        Statement statement = session.createStatement()) {
      statement.execute("BEGIN");

      swap(true);

      assertThatThrownBy(() -> statement.execute("SELECT")).isInstanceOf(SQLException.class);
    }
    assertThat(mark(old)).isEqualTo("fresh");
  }

  @Test
  void whatIsPreparedIsNeverDecidedAbout() throws SQLException {
    server.execute(old, "BEGIN; CREATE TABLE pending (); PREPARE TRANSACTION 'pending payment'");

    assertRefused(true, "prepared transaction `pending payment` (role postgres)", "roll back");

    server.execute(old, "ROLLBACK PREPARED 'pending payment'");
    assertNothingChanged();
  }

  /** Several clients that come back at once, as those of a connection pool do. */
  @Test
  void clientsThatComeBackFindTheDoorClosed() throws SQLException, InterruptedException {
    var stop = new AtomicBoolean();
    var connected = new AtomicInteger();
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      try (Connection session = server.connect(old);
                          Statement statement = session.createStatement()) {
                        connected.incrementAndGet();
                        statement.execute("SELECT pg_sleep(0.2)");
                      } catch (SQLException e) {
                        // Ended, or turned away.
                      }
                    }
                  }));
    }
    try {
      while (connected.get() < 4) {
        Thread.sleep(5);
      }
      swap(true);
    } finally {
      stop.set(true);
      for (Thread client : clients) {
        client.join();
      }
    }
    assertThat(mark(old)).isEqualTo("fresh");
    assertThat(mark(kept)).isEqualTo("old");
  }

  @Test
  void afterwardsEverybodyMayConnectAgain() throws SQLException {
    swap(true);

    assertThatCode(() -> server.connect(old).close()).doesNotThrowAnyException();
    assertThatCode(() -> server.connect(kept).close()).doesNotThrowAnyException();
  }

  @Test
  void theLastLookIsNotDisturbedAndCanCallItOff() throws SQLException {
    Target looking =
        Connectors.with(server.target(old), Map.of("application_name", "the last look"));
    try (Connection session = server.connect(old)) {
      assertThatThrownBy(
              () ->
                  new DatabaseSwap(Connectors.connector(), server.target(old))
                      .swap(
                          new DatabaseSwap.Request(old, fresh, kept, true),
                          new DatabaseSwap.LastLook(
                              "the last look",
                              () -> {
                                try (var connection = Connectors.connector().open(looking);
                                    Statement statement = connection.jdbc().createStatement()) {
                                  statement.execute("SELECT pg_sleep(0.5)");
                                } catch (SQLException e) {
                                  throw new IllegalStateException(e);
                                }
                                throw new StampguardException(ExitCode.REFUSED, "seen", null);
                              }),
                          connection -> {}))
          .hasMessage("seen");
      assertThat(session.isValid(1)).isFalse();
    }
    assertNothingChanged();
  }

  @Test
  void aKeptNameSaysWhenAndIsNeverTooLong() {
    Instant time = Instant.parse("2025-11-27T03:55:12Z");

    assertThat(DatabaseSwap.keptName("app", time)).isEqualTo("app_before_20251127_035512");
    assertThat(DatabaseSwap.keptName("\u00e4".repeat(31), time))
        .isEqualTo("\u00e4".repeat(20) + "_before_20251127_035512");
  }

  @Test
  void whatFailsInTheTransactionUndoesBothRenames() throws SQLException {
    assertThatThrownBy(
            () ->
                new DatabaseSwap(Connectors.connector(), server.target(old))
                    .swap(
                        new DatabaseSwap.Request(old, fresh, kept, false),
                        DatabaseSwap.LastLook.none(),
                        connection -> {
                          try (Statement statement = connection.jdbc().createStatement()) {
                            statement.execute("SELECT 1 / 0");
                          }
                        }))
        .isInstanceOf(StampguardException.class);

    assertNothingChanged();
  }

  @Test
  void anotherDatabaseIsNotWrittenOver() throws SQLException {
    server.createDatabase(kept);

    assertRefused(false, "`%s` cannot be kept as `%s`".formatted(old, kept), kept);
    server.execute("postgres", "DROP DATABASE " + kept);
    assertNothingChanged();
  }

  @Test
  void aMissingReplacementIsSaid() {
    server.execute("postgres", "DROP DATABASE " + fresh);

    assertRefused(false, "`%s` cannot take the place of `%s`".formatted(fresh, old), null);
  }

  @Test
  void withoutTheRightsNothingChanges() throws SQLException {
    String role = "swapper_" + old;
    server.execute("postgres", "CREATE ROLE %s LOGIN PASSWORD 'x'".formatted(role));
    Target target = Connectors.as(server.target(old), role);

    assertThatThrownBy(() -> swap(target, new DatabaseSwap.Request(old, fresh, kept, false)))
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e).hasMessage("role `%s` may not rename `%s`", role, old);
              assertThat(e.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
            });
    assertNothingChanged();
  }

  @Test
  void sessionsThatMayNotBeEndedAreSaid() throws SQLException {
    String role = "ender_" + old;
    server.execute(
        "postgres",
        "CREATE ROLE %1$s LOGIN CREATEDB PASSWORD 'x'; ALTER DATABASE %2$s OWNER TO %1$s"
            .formatted(role, old));
    Target target = Connectors.as(server.target(old), role);
    try (Connection session = server.connect(old);
        Statement statement = session.createStatement()) {
      assertThatThrownBy(() -> swap(target, new DatabaseSwap.Request(old, fresh, kept, true)))
          .hasMessage("role `%s` may not end the sessions in `%s`", role, old);
      assertThat(statement.execute("SELECT")).isTrue();
    }
    assertNothingChanged();
  }

  private void swap(boolean terminate) {
    swap(server.target(old), new DatabaseSwap.Request(old, fresh, kept, terminate));
  }

  private static void swap(Target target, DatabaseSwap.Request request) {
    new DatabaseSwap(Connectors.connector(), target).swap(request);
  }

  private void assertRefused(boolean terminate, String message, String hint) {
    assertThatThrownBy(() -> swap(terminate))
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED);
              assertThat(e).hasMessageContaining(message);
              if (hint == null) {
                assertThat(e.hint()).isEmpty();
              } else {
                assertThat(e.hint().orElseThrow()).contains(hint);
              }
            });
  }

  private void assertNothingChanged() throws SQLException {
    assertThat(mark(old)).isEqualTo("old");
    assertThat(mark(fresh)).isEqualTo("fresh");
    assertThat(databases()).doesNotContain(kept);
  }

  private String mark(String database) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("TABLE mark")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static int pid(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private List<String> databases() throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
      var names = new ArrayList<String>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }
}
