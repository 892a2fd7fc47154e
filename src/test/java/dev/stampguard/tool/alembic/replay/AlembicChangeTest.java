package dev.stampguard.tool.alembic.replay;

import static dev.stampguard.tool.alembic.replay.Changes.assertDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MissingObject;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change does, and that it is what Alembic does. */
@Tag("postgres")
class AlembicChangeTest {
  @TempDir Path directory;

  static Stream<Interpreter> pythons() {
    return Pythons.withAlembic().stream();
  }

  /** Two branches, and one object of most kinds. */
  private Changes shop(Interpreter python) {
    return new Changes(directory, python)
        .revision(
            "a1",
            "None",
            """
            print("on standard output")
            op.create_table(
                "customers",
                sa.Column("id", sa.Integer, primary_key=True),
                sa.Column("email", sa.String(50), unique=True, nullable=False),
                sa.Column("status", sa.Enum("new", "old", name="status")),
                sa.Column("since", sa.Date, server_default=sa.text("CURRENT_DATE")),
                sa.CheckConstraint("email IN ('a', 'b')", name="known"),
            )
            """)
        .revision(
            "a2",
            "'a1'",
            """
            tenant = context.get_x_argument(as_dictionary=True)["tenant"]
            op.create_table(
                "orders_" + tenant,
                sa.Column("id", sa.Integer, primary_key=True),
                sa.Column("customer", sa.Integer, sa.ForeignKey("customers.id")),
            )
            op.create_index("ix_customer", "orders_acme", ["customer"])
            op.execute("CREATE VIEW buyers AS SELECT c.email FROM customers c"
                       " JOIN orders_acme o ON o.customer = c.id")
            op.execute("INSERT INTO customers (email) VALUES ('a')")
            """)
        .revision(
            "a3",
            "'a2'",
            """
            op.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
            op.execute("CREATE SEQUENCE numbers START 5")
            op.alter_column("customers", "email", nullable=True)
            """)
        .revision("b1", "'a1'", "op.add_column('customers', sa.Column('age', sa.Integer))")
        .revision("c1", "('a3', 'b1')", "op.drop_column('customers', 'since')");
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void whatIsCommittedIsWhatAlembicMakes(Interpreter python) {
    Changes changes = shop(python);
    Inspection before = changes.seen();
    try (ChangeSession session = changes.session()) {
      assertThat(session.ledger()).isEqualTo(new QualifiedName("public", "alembic_version"));
      session.begin();
      for (String revision : List.of("a1", "a2", "b1")) {
        assertDone(session.run(revision, true));
      }
      assertThat(session.look().ledger().rows()).containsExactly("a2", "b1");
      assertThat(changes.seen()).as("what others see meanwhile").isEqualTo(before);
      session.rollback();
      assertThat(changes.seen()).isEqualTo(before);
      session.rollback();

      session.begin();
      for (String revision : List.of("a1", "b1", "a2", "a3", "c1")) {
        assertDone(session.run(revision, true));
      }
      Inspection inside = session.look();
      session.commit();
      assertThat(changes.seen()).isEqualTo(inside);
      assertThat(inside).isEqualTo(changes.upgraded());
      assertThat(changes.value("SELECT pg_xact_status('" + session.transaction() + "')"))
          .isEqualTo("committed");
      assertThat(session.backend()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aFalseStampIsTakenBackAndUpgradedInOneTransaction(Interpreter python) {
    Changes changes = shop(python);
    changes.alembic(changes.database(), "upgrade", "a2");
    changes.alembic(changes.database(), "stamp", "--purge", "c1");
    Inspection before = changes.seen();
    try (ChangeSession session = changes.session()) {
      for (boolean commits : new boolean[] {false, true}) {
        session.begin();
        session.stamp(List.of("a2"));
        for (String revision : List.of("a3", "b1", "c1")) {
          assertDone(session.run(revision, true));
        }
        assertThat(session.look()).isEqualTo(changes.upgraded());
        assertThat(changes.value("SELECT version_num FROM alembic_version")).isEqualTo("c1");
        if (commits) {
          session.commit();
        } else {
          session.rollback();
          assertThat(changes.seen()).isEqualTo(before);
        }
      }
      assertThat(changes.seen()).isEqualTo(changes.upgraded());
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aHoleIsFilledWithoutTheLedger(Interpreter python) {
    Changes changes = shop(python);
    changes.alembic(changes.database(), "upgrade", "heads");
    changes.execute(
        "ALTER TABLE customers DROP COLUMN age;"
            + "DROP FUNCTION one(); DROP SEQUENCE numbers;"
            + "ALTER TABLE alembic_version ADD COLUMN mine int DEFAULT 7");
    try (ChangeSession session = changes.session()) {
      session.begin();
      String written = "SELECT xmin, ctid FROM alembic_version";
      String row = changes.value(written);
      assertDone(session.run("b1", false));
      assertDone(session.run("a3", false));
      session.commit();
      assertThat(changes.value(written)).isEqualTo(row);
      assertThat(changes.seen().ledger().rows()).containsExactly("c1");
      assertThat(changes.value("SELECT count(age) FROM customers")).isEqualTo("0");
      assertThat(changes.value("SELECT one()")).isEqualTo("1");
      changes.execute("ALTER TABLE alembic_version DROP COLUMN mine");
      assertThat(changes.seen()).isEqualTo(changes.upgraded());
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void whatFailsLeavesWhatRanBefore(Interpreter python) {
    Changes changes =
        shop(python)
            .revision(
                "x1",
                "'c1'",
                """
                op.create_table("t", sa.Column("kind", sa.Enum("x", name="kind")))
                op.execute("SET search_path = nowhere")
                op.execute("SELECT * FROM app.lacking")
                """)
            .revision("x2", "'c1'", "op.execute('CREATE TABLE customers ()')")
            .revision("x3", "'c1'", "import sys\nsys.exit('enough')")
            .revision(
                "x4", "'c1'", "try:\n    op.execute('SELECT 1/0')\nexcept Exception:\n    pass")
            .revision(
                "x5", "'c1'", "op.create_table('t', sa.Column('kind', sa.Enum('x', name='kind')))");
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertDone(session.run("a1", true));
      Inspection inside = session.look();
      assertThat(session.run("x1", true))
          .isEqualTo(
              new ChangeOutcome.Failed(
                  "`migrations/versions/x1.py:13`: relation \"app.lacking\" does not exist",
                  13,
                  Optional.of("42P01"),
                  Optional.of(new MissingObject(ObjectKind.TABLE, "app.lacking", Optional.empty())),
                  Optional.empty()));
      assertThat(session.run("x2", true))
          .isEqualTo(
              new ChangeOutcome.Failed(
                  "`migrations/versions/x2.py:11`: relation \"customers\" already exists",
                  11,
                  Optional.of("42P07"),
                  Optional.empty(),
                  Optional.of("customers")));
      assertThat(message(session.run("x3", true)))
          .isEqualTo("`migrations/versions/x3.py:12`: enough");
      assertThat(message(session.run("x4", false))).contains("current transaction is aborted");
      assertThat(message(session.run("x9", true))).isEqualTo("Alembic does not find this revision");
      assertThat(session.look()).isEqualTo(inside);
      assertDone(session.run("x5", false));
      session.rollback();

      session.begin();
      assertDone(session.run("a1", true));
      assertDone(session.run("x5", false));
      session.commit();
      assertThat(
              changes.value(
                  "SELECT string_agg(typname, ' ' ORDER BY typname) FROM pg_type"
                      + " WHERE typtype = 'e'"))
          .as("types that tables bring along are made again after a rollback")
          .isEqualTo("kind status");
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aCommitThatTheServerRefusesIsNone(Interpreter python) {
    Changes changes =
        new Changes(directory, python)
            .revision(
                "a1",
                "None",
                """
                op.execute("CREATE TABLE t (id int PRIMARY KEY, parent int"
                           " REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
                op.execute("INSERT INTO t VALUES (1, 2)")
                """)
            .revision("a2", "'a1'", "op.execute('ALTER TABLE t ADD COLUMN n int')")
            .revision(
                "a3",
                "'a2'",
                "op.execute('UPDATE t SET parent = 1')\nop.execute('SET CONSTRAINTS ALL IMMEDIATE')");
    Inspection before = changes.seen();
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertDone(session.run("a1", true));
      String transaction = session.transaction();
      assertThatThrownBy(session::commit)
          .isInstanceOf(StampguardException.class)
          .hasMessageStartingWith(
              "`%s` did not take the change and is as before: insert or update on table \"t\""
                  .formatted(changes.database()));
      assertThat(changes.seen()).isEqualTo(before);
      assertThat(changes.value("SELECT pg_xact_status('" + transaction + "')"))
          .isEqualTo("aborted");

      session.begin();
      assertDone(session.run("a1", true));
      assertThat(session.run("a2", true))
          .isInstanceOfSatisfying(
              ChangeOutcome.NeedsCut.class,
              cut -> {
                assertThat(cut.cut()).isEqualTo(ChangeOutcome.Cut.BEFORE);
                assertThat(cut.sqlState()).contains("55006");
              });
      assertDone(session.run("a3", false));
      assertDone(session.run("a2", true));
      session.commit();
      assertThat(changes.value("SELECT n IS NULL FROM t")).isEqualTo("t");
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void rolesAndSearchPathsOfScriptsAreTheirOwn(Interpreter python) {
    Changes changes = new Changes(directory, python);
    String role = "role_of_" + changes.database();
    changes
        .revision(
            "a1",
            "None",
            """
            op.execute("CREATE ROLE %1$s")
            op.execute("CREATE SCHEMA app AUTHORIZATION %1$s")
            op.execute("GRANT ALL ON alembic_version TO %1$s")
            op.execute("SET ROLE %1$s")
            op.execute("SET search_path = app")
            op.execute("CREATE TABLE t (d date DEFAULT '2001-02-03'::date, CHECK (d > now()))")
            op.execute("CREATE VIEW v AS SELECT d FROM t")
            op.execute("SET datestyle = 'SQL, DMY'")
            """
                .formatted(role))
        .revision(
            "a2",
            "'a1'",
            """
            settings = op.get_bind().execute(sa.text("SELECT current_user, session_user,"
                " current_setting('search_path'), current_setting('datestyle')")).fetchone()
            assert tuple(settings) == ("%s", "postgres", "app", "SQL, DMY"), settings
            op.execute("CREATE TABLE u (i int)")
            op.execute("SET LOCAL SESSION AUTHORIZATION %<s")
            """
                .formatted(role))
        .revision(
            "a3",
            "'a2'",
            """
            settings = op.get_bind().execute(sa.text("SELECT current_user, session_user,"
                " current_setting('search_path'), current_setting('statement_timeout'),"
                " current_setting('transaction_read_only')")).fetchone()
            assert tuple(settings) == ("%s", "%<s", "app", "0", "off"), settings
            """
                .formatted(role));
    changes.execute("CREATE SCHEMA other; CREATE TABLE other.alembic_version (version_num text)");
    try (ChangeSession session = changes.session()) {
      session.begin();
      session.stamp(List.of());
      assertDone(session.run("a1", true));
      session.look();
      assertDone(session.run("a2", true));
      session.look();
      assertDone(session.run("a3", false));
      Inspection inside = session.look();
      assertThat(session.query("SELECT current_user::text, current_setting('search_path')"))
          .containsExactly(List.of("postgres", "pg_catalog"));
      session.commit();
      assertThat(changes.seen()).isEqualTo(inside);
      assertThat(inside.searchPaths().own()).containsExactly("public");
      assertThat(inside.ledger().rows()).containsExactly("a2");
      assertThat(inside.ledger().others())
          .containsExactly(new QualifiedName("other", "alembic_version"));
      assertThat(changes.value("SELECT tableowner FROM pg_tables WHERE tablename = 'u'"))
          .isEqualTo(role);
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void theLedgerMayBeInAnotherSchema(Interpreter python) {
    Changes changes = shop(python).ledgerIn("Ünlikely \"schema\"");
    changes.execute("CREATE TABLE alembic_version (version_num text)");
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertThatThrownBy(() -> session.stamp(List.of("a1")))
          .hasMessage(
              "the ledger `\"Ünlikely \"\"schema\"\"\".alembic_version` cannot be written:"
                  + " schema \"Ünlikely \"schema\"\" does not exist");
      session.rollback();
      changes.execute("CREATE SCHEMA \"Ünlikely \"\"schema\"\"\"");
      session.begin();
      session.stamp(List.of("a1", "x"));
      session.stamp(List.of());
      assertDone(session.run("a1", true));
      assertDone(session.run("b1", true));
      Inspection inside = session.look();
      session.commit();
      session.begin();
      assertThat(session.look()).as("behind the lock").isEqualTo(inside);
      assertThat(changes.seen()).isEqualTo(inside);
      assertThat(inside.ledger().rows()).containsExactly("b1");
      assertThat(changes.value("SELECT count(*) FROM public.alembic_version")).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aLedgerThatIsTooNarrowIsSaid(Interpreter python) {
    Changes changes = shop(python);
    try (ChangeSession session = changes.session()) {
      session.begin();
      session.stamp(List.of("a1"));
      assertThatThrownBy(() -> session.stamp(List.of("x".repeat(33))))
          .isInstanceOf(StampguardException.class)
          .hasMessage(
              "the ledger `public.alembic_version` is too narrow for `" + "x".repeat(33) + "`");
      assertThat(session.look().ledger().rows()).containsExactly("a1");
      session.commit();
      assertThat(changes.seen().ledger().rows()).containsExactly("a1");
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void readingChangesNothing(Interpreter python) {
    Changes changes = shop(python);
    changes.execute(
        "CREATE TABLE secret (i int); ALTER TABLE secret ENABLE ROW LEVEL SECURITY;"
            + "ALTER TABLE secret FORCE ROW LEVEL SECURITY");
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertDone(session.run("a1", true));
      assertDone(session.run("a2", true));
      assertThat(
              session.query(
                  "SELECT id, email LIKE '%a', NULL, 'ü\\' || chr(10) FROM public.customers"))
          .containsExactly(Arrays.asList("1", "true", null, "ü\\\n"));
      assertThat(session.query("SELECT 1 WHERE false")).isEmpty();
      assertThat(
              session.query(
                  "SELECT l.mode FROM pg_locks l WHERE l.pid = pg_backend_pid()"
                      + " AND l.relation = 'public.customers'::regclass AND l.mode LIKE 'Acc%Ex%'"))
          .hasSize(1);
      assertThatThrownBy(() -> session.query("DELETE FROM public.customers"))
          .isInstanceOf(StampguardException.class)
          .hasMessageContaining("cannot execute DELETE in a read-only transaction");
      assertThatThrownBy(() -> session.query("SELECT 1.5"))
          .hasMessageContaining("a column of type Decimal cannot be read");
      assertThatThrownBy(() -> session.query("SELECT nonsense")).hasMessageContaining("nonsense");
      session.commit();
      assertThat(changes.value("SELECT count(*) FROM customers")).isEqualTo("1");
    }
  }

  private static String message(ChangeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ChangeOutcome.Failed.class);
    return ((ChangeOutcome.Failed) outcome).message();
  }
}
