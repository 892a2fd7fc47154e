package dev.stampguard.tool.alembic.replay;

import static dev.stampguard.testing.Eventually.within;
import static dev.stampguard.tool.alembic.replay.Changes.assertDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever ends a session, and wherever: what was not committed is not there. */
class AlembicChangeKilledTest {
  @TempDir Path directory;

  private static final String BACKENDS =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
          + " AND application_name = 'stampguard'";

  private final Interpreter python = Pythons.withAlembic().getFirst();

  /** How far it gets. */
  enum Moment {
    BEGUN,
    STAMPED,
    FIRST_RAN,
    ALL_RAN,
    LOOKED,
    NEXT_SEGMENT,
    IN_A_REVISION;

    private boolean reaches(Moment other) {
      return compareTo(other) >= 0;
    }
  }

  /** Whose end it is. */
  enum End {
    OURS,
    PYTHONS,
    THE_SERVERS
  }

  static Stream<Arguments> endsAndMoments() {
    return Stream.of(End.values())
        .flatMap(end -> Stream.of(Moment.values()).map(moment -> Arguments.of(end, moment)));
  }

  /** Begins, and does everything up to a moment. */
  static void advance(ChangeSession session, Moment moment) {
    session.begin();
    if (moment.reaches(Moment.STAMPED)) {
      session.stamp(List.of("a1"));
    }
    if (moment.reaches(Moment.FIRST_RAN)) {
      assertDone(session.run("a2", true));
    }
    if (moment.reaches(Moment.ALL_RAN)) {
      assertDone(session.run("a3", true));
    }
    if (moment.reaches(Moment.LOOKED)) {
      assertThat(session.look().ledger().rows()).containsExactly("a3");
    }
    if (moment.reaches(Moment.NEXT_SEGMENT)) {
      session.commit();
      session.begin();
      session.stamp(List.of());
    }
    if (moment.reaches(Moment.IN_A_REVISION)) {
      session.run("a4", true);
    }
  }

  private Changes changes() {
    Changes changes =
        new Changes(directory, python)
            .revision("a1", "None", "op.execute('CREATE TABLE t (i int)')")
            .revision("a2", "'a1'", "op.execute('ALTER TABLE t ADD COLUMN n int')")
            .revision("a3", "'a2'", "op.execute('INSERT INTO t VALUES (1, 2)')")
            .revision(
                "a4",
                "'a3'",
                """
                import os
                op.execute("UPDATE t SET n = 3")
                open("hangs", "w").close()
                op.execute("SELECT pg_sleep(600)")
                """);
    changes.alembic(changes.database(), "upgrade", "a1");
    changes.alembic(changes.database(), "stamp", "--purge", "a4");
    return changes;
  }

  @ParameterizedTest
  @MethodSource("endsAndMoments")
  void nothingIsLeft(End end, Moment moment) throws Exception {
    Changes changes = changes();
    Inspection before = changes.seen();

    int backend = end == End.OURS ? ourEnd(changes, moment) : theirEnd(changes, end, moment);

    assertThat(within(() -> isGone(changes, backend))).as("the server's side ends").isTrue();
    boolean committed = moment.reaches(Moment.NEXT_SEGMENT);
    Inspection after = changes.seen();
    if (committed) {
      assertThat(after).isEqualTo(changes.upgradedBy("a3"));
    } else {
      assertThat(after).isEqualTo(before);
    }
    assertThat(changes.value("SELECT count(*) FROM t")).isEqualTo(committed ? "1" : "0");
    try (ChangeSession next = changes.session()) {
      next.begin();
      assertThat(next.look()).isEqualTo(after);
    }
  }

  /** The program is killed: what Python notices of it is the end of its standard input. */
  private int ourEnd(Changes changes, Moment moment) throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChangeVictim.class.getName(),
                directory.toString(),
                python.program().toString(),
                Integer.toString(PostgresServer.shared().port()),
                changes.database(),
                moment.toString())
            .inheritIO()
            .start();
    Path sign = directory.resolve(moment == Moment.IN_A_REVISION ? "hangs" : "arrived");
    assertThat(within(() -> Files.exists(sign) || !victim.isAlive())).isTrue();
    int backend = Integer.parseInt(changes.value(BACKENDS));
    List<ProcessHandle> children = victim.descendants().toList();
    assertThat(children).hasSize(1);
    victim.destroyForcibly().waitFor();
    assertThat(
            within(
                () ->
                    children.stream().noneMatch(ProcessHandle::isAlive)
                        || children.getFirst().info().command().isEmpty()))
        .isTrue();
    return backend;
  }

  private int theirEnd(Changes changes, End end, Moment moment) {
    List<ProcessHandle> others = ProcessHandle.current().children().toList();
    try (ChangeSession session = changes.session()) {
      ProcessHandle child =
          ProcessHandle.current()
              .children()
              .filter(process -> !others.contains(process))
              .findFirst()
              .orElseThrow();
      Runnable kill =
          () -> {
            if (end == End.PYTHONS) {
              child.destroyForcibly();
            } else {
              changes.value("SELECT pg_terminate_backend(%d)".formatted(session.backend()));
            }
          };
      if (moment == Moment.IN_A_REVISION) {
        Path hangs = directory.resolve("hangs");
        CompletableFuture<Void> killing =
            CompletableFuture.runAsync(
                () -> {
                  assertThat(within(() -> Files.exists(hangs))).isTrue();
                  kill.run();
                });
        assertLost(() -> advance(session, moment), "Python ended in revision `a4`: ");
        killing.join();
      } else {
        advance(session, moment);
        kill.run();
        assertLost(() -> session.query("SELECT 1"), "Python ended ");
      }
      assertThatThrownBy(session::commit).isInstanceOf(IllegalStateException.class);
      return session.backend();
    }
  }

  private static void assertLost(ThrowingCallable action, String message) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CHANGE_FAILED))
        .hasMessageStartingWith(message);
  }

  /** In the middle of a statement that nobody interrupts. */
  @Test
  void closingEndsWhatRuns() {
    Changes changes = changes();
    Inspection before = changes.seen();
    ChangeSession session = changes.session();
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              assertThat(within(() -> Files.exists(directory.resolve("hangs")))).isTrue();
              session.close();
            });
    session.begin();
    assertDone(session.run("a2", true));
    assertLost(() -> session.run("a4", true), "Python ended in revision `a4`: ");
    closing.join();
    assertThat(within(() -> isGone(changes, session.backend()))).isTrue();
    assertThat(changes.seen()).isEqualTo(before);
  }

  /** Checks that wait for the commit take their time. */
  @Test
  void whatBecameOfACommitIsForTheServerToSay() {
    Changes changes =
        new Changes(directory, python)
            .revision(
                "a1",
                "None",
                """
                op.execute("CREATE TABLE t (i int)")
                op.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql"
                           " AS 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END'")
                op.execute("CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE"
                           " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()")
                op.execute("INSERT INTO t VALUES (1)")
                """);
    Inspection before = changes.seen();
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertDone(session.run("a1", true));
      CompletableFuture<Void> killing =
          CompletableFuture.runAsync(
              () -> {
                assertThat(
                        within(
                            () ->
                                "PgSleep"
                                    .equals(
                                        changes.value(
                                            "SELECT max(wait_event) FROM pg_stat_activity"
                                                + " WHERE pid = "
                                                + session.backend()))))
                    .isTrue();
                changes.value("SELECT pg_terminate_backend(%d)".formatted(session.backend()));
              });
      assertThatThrownBy(session::commit)
          .isInstanceOfSatisfying(
              StampguardException.class,
              e ->
                  assertThat(e.hint())
                      .contains("SELECT pg_xact_status('%s')".formatted(session.transaction())))
          .hasMessageStartingWith("Python ended while it committed: ")
          .hasMessageEndingWith(
              "whether `%s` was changed is not known".formatted(changes.database()));
      killing.join();
      assertThat(changes.value("SELECT pg_xact_status('%s')".formatted(session.transaction())))
          .isEqualTo("aborted");
    }
    assertThat(changes.seen()).isEqualTo(before);
  }

  private static boolean isGone(Changes changes, int backend) {
    return changes
        .value("SELECT count(*) FROM pg_stat_activity WHERE pid = %d".formatted(backend))
        .equals("0");
  }
}
