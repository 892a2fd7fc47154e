package dev.stampguard.tool.alembic.replay;

import static dev.stampguard.tool.alembic.replay.Changes.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeOutcome.Cut;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Revisions that one transaction with others is too small for. */
@Tag("postgres")
class AlembicSegmentsTest {
  /** By body, how it leaves the transaction, or not at all. */
  private static final Map<String, String> LEAVES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "with op.get_context().autocommit_block():\n    op.execute('SELECT 1')",
                  "it uses `autocommit_block`"),
              Map.entry(
                  """
                  bind = op.get_bind()
                  bind.commit() if hasattr(bind, "commit") else op.execute("/* now */ commit")
                  """,
                  "it (commits by itself|executes `commit`)"),
              Map.entry(
                  """
                  try:
                      op.execute("INSERT INTO base VALUES (3); COMMIT")
                  except BaseException:
                      pass
                  """,
                  "it executes `COMMIT`"),
              Map.entry(
                  """
                  nested = op.get_bind().begin_nested()
                  op.execute("ROLLBACK WORK")
                  """,
                  "it executes `ROLLBACK`"),
              Map.entry(
                  """
                  bind = op.get_bind()
                  transaction = bind.get_transaction()
                  transaction.rollback()
                  """,
                  "it rolls back by itself"),
              Map.entry(
                  """
                  engine = sa.create_engine(op.get_bind().engine.url)
                  with engine.connect() as connection:
                      connection.execute(sa.text("INSERT INTO base VALUES (4)"))
                  """,
                  "it opens a connection of its own"),
              Map.entry(
                  "op.get_bind().execution_options(isolation_level='AUTOCOMMIT')",
                  "it sets an isolation level"),
              Map.entry(
                  "op.execute('CREATE INDEX CONCURRENTLY i ON base (i)')",
                  "CREATE INDEX CONCURRENTLY cannot run inside a transaction block"),
              Map.entry(
                  "op.execute('DO $$ BEGIN COMMIT; END $$')", "invalid transaction termination"),
              Map.entry(
                  "op.execute('DO $$ BEGIN SET CONSTRAINTS ALL IMMEDIATE; END $$')",
                  "it has all constraints checked inside a function"),
              Map.entry(
                  """
                  op.execute("CREATE PROCEDURE p() LANGUAGE plpgsql AS $p$ BEGIN COMMIT; END $p$")
                  op.execute("SELECT 'it''s; ROLLBACK;', 1 AS \\"x; COMMIT\\" -- ; END")
                  op.execute("SAVEPOINT mine; INSERT INTO base VALUES (5); ROLLBACK TO mine")
                  op.execute("ROLLBACK TRANSACTION TO SAVEPOINT mine")
                  op.execute("SELECT 1; SET CONSTRAINTS ALL IMMEDIATE")
                  nested = op.get_bind().begin_nested()
                  op.execute("INSERT INTO base VALUES (6)")
                  """,
                  "")));

  @TempDir Path directory;

  static Stream<Interpreter> pythons() {
    return Pythons.withAlembic().stream();
  }

  private Changes changes(Interpreter python) {
    return new Changes(directory, python)
        .revision("a0", "None", "op.execute('CREATE TABLE base (i int)')");
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void whatLeavesTheTransactionIsKeptFromIt(Interpreter python) {
    Changes changes = changes(python);
    int number = 0;
    for (String body : LEAVES.keySet()) {
      changes.revision(
          "r" + number++, "'a0'", "op.execute('INSERT INTO base VALUES (2)')\n" + body);
    }
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertDone(session.run("a0", true));
      assertThat(session.query("SELECT count(*) FROM public.base")).containsExactly(List.of("0"));
      number = 0;
      for (Map.Entry<String, String> leaves : LEAVES.entrySet()) {
        String id = "r" + number++;
        ChangeOutcome outcome = session.run(id, false);
        boolean stays = leaves.getValue().isEmpty();
        if (stays) {
          assertDone(outcome);
        } else {
          assertThat(outcome)
              .as(leaves.getKey())
              .isInstanceOfSatisfying(
                  ChangeOutcome.NeedsCut.class,
                  cut -> {
                    assertThat(cut.cut()).isEqualTo(Cut.ALONE);
                    assertThat(cut.message())
                        .matches(
                            "`migrations/versions/%s.py:\\d+`: %s"
                                .formatted(id, leaves.getValue()));
                    assertThat(cut.line()).isGreaterThan(11);
                  });
        }
        assertThat(changes.value("SELECT to_regclass('base')")).as(id).isNull();
      }
      assertThat(session.query("SELECT i FROM public.base"))
          .containsExactly(List.of("2"), List.of("6"));
      session.commit();
      assertThat(changes.value("SELECT sum(i) FROM base")).isEqualTo("8");
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void segmentsMakeWhatAlembicMakes(Interpreter python) {
    Changes changes =
        changes(python)
            .revision(
                "a1",
                "'a0'",
                """
                op.create_table("t", sa.Column("kind", sa.Enum("old", name="kind")))
                """)
            .revision("a2", "'a1'", "op.execute(\"ALTER TYPE kind ADD VALUE 'new'\")")
            .revision("a3", "'a2'", "op.execute(\"INSERT INTO t VALUES ('new')\")")
            .revision(
                "a4",
                "'a3'",
                """
                with op.get_context().autocommit_block():
                    op.execute("CREATE INDEX CONCURRENTLY i ON t (kind)")
                """)
            .revision(
                "a5",
                "'a4'",
                """
                op.execute("COMMIT")
                op.execute("CREATE TABLE u (i int)")
                """)
            .revision(
                "a6",
                "'a5'",
                """
                with op.get_context().autocommit_block():
                    op.execute("CREATE TABLE half (i int)")
                    op.execute("SELECT 1/0")
                """)
            .revision("a7", "'a5'", "op.execute('CREATE TABLE v (i int)')");
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertDone(session.run("a0", true));
      assertDone(session.run("a1", true));
      session.rollback();
      session.begin();
      assertDone(session.run("a0", true));
      assertDone(session.run("a1", true));
      session.commit();
      session.begin();
      assertDone(session.run("a2", true));
      assertThat(session.run("a3", true))
          .isEqualTo(
              new ChangeOutcome.NeedsCut(
                  Cut.BEFORE,
                  "`migrations/versions/a3.py:11`: unsafe use of new value \"new\" of enum type kind",
                  11,
                  Optional.of("55P04")));
      session.commit();
      assertThat(changes.seen().ledger().rows()).containsExactly("a2");
      session.begin();
      assertDone(session.run("a3", true));
      assertThat(session.run("a4", true)).isInstanceOf(ChangeOutcome.NeedsCut.class);
      session.commit();
      assertDone(session.runAlone("a4", true));
      assertThat(changes.seen().catalog().invalidIndexes()).isEmpty();
      assertThat(changes.seen().ledger().rows()).containsExactly("a4");
      assertDone(session.runAlone("a5", true));
      assertThat(session.runAlone("a6", true))
          .isEqualTo(
              new ChangeOutcome.Failed(
                  "`migrations/versions/a6.py:13`: division by zero",
                  13,
                  Optional.of("22012"),
                  Optional.empty(),
                  Optional.empty()));
      assertThat(changes.value("SELECT to_regclass('half')")).as("it committed this").isNotNull();
      changes.execute("DROP TABLE half");
      assertThat(changes.seen().ledger().rows()).containsExactly("a5");
      session.begin();
      assertDone(session.run("a7", true));
      session.commit();
    }
    Inspection made = changes.seen();
    assertThat(made.ledger().rows()).containsExactly("a7");
    assertThat(made).isEqualTo(changes.upgradedBy("a2", "a3", "a4", "a5", "a7"));
  }

  /** The library underneath is asked to commit: only the server can refuse that. */
  @ParameterizedTest
  @MethodSource("pythons")
  void aCommitThatNobodySeesIsRefusedByTheServer(Interpreter python) {
    Changes changes =
        changes(python)
            .revision(
                "x1",
                "'a0'",
                """
                op.execute("INSERT INTO base VALUES (1)")
                op.get_bind().connection.commit()
                """);
    Inspection before = changes.seen();
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertDone(session.run("a0", true));
      assertThat(session.run("x1", true))
          .isEqualTo(
              new ChangeOutcome.TransactionEnded(
                  "`migrations/versions/x1.py:12`: it ended the transaction it ran in", false));
      assertThat(changes.seen()).isEqualTo(before);
      session.rollback();
      session.begin();
      assertDone(session.run("a0", true));
      session.commit();
      assertThat(changes.seen().ledger().rows()).containsExactly("a0");
    }
  }

  /** For a role that may make no temporary table, the server cannot be made to refuse. */
  @ParameterizedTest
  @MethodSource("pythons")
  void aCommitThatNobodySeesIsToldWhereNobodyCanRefuseIt(Interpreter python) {
    Changes changes = changes(python).revision("x1", "'a0'", "op.get_bind().connection.commit()");
    String role = "poor_" + changes.database();
    changes.execute(
        "CREATE ROLE %1$s LOGIN PASSWORD 'postgres'; GRANT ALL ON SCHEMA public TO %1$s;"
                .formatted(role)
            + "REVOKE TEMPORARY ON DATABASE %s FROM public".formatted(changes.database()));
    try (ChangeSession session = changes.session(Duration.ofSeconds(10), role)) {
      session.begin();
      assertDone(session.run("a0", true));
      session.rollback();
      assertThat(changes.value("SELECT to_regclass('base')")).isNull();
      session.begin();
      assertDone(session.run("a0", true));
      assertThat(session.run("x1", true))
          .isInstanceOfSatisfying(
              ChangeOutcome.TransactionEnded.class,
              ended -> assertThat(ended.committed()).isTrue());
      assertThat(changes.value("SELECT to_regclass('base')")).isEqualTo("base");
    }
  }
}
