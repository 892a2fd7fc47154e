package dev.stampguard.service.replay;

import static dev.stampguard.service.replay.Replays.onServer;
import static dev.stampguard.service.replay.Replays.story;
import static dev.stampguard.service.replay.Replays.throwAway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.python.driver.Interpreter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlembicReplayTest {
  @TempDir Path directory;

  private final PostgresServer server = PostgresServer.shared();

  static Stream<Interpreter> pythons() {
    return Pythons.withAlembic().stream();
  }

  /** Everything scripts of public projects do, in one history with two branches. */
  private AlembicFiles everything() {
    return new AlembicFiles(directory)
        .write("shop/__init__.py", "print('imported')\nPREFIX = 'shop_'\n")
        .revision(
            "a1",
            "None",
            """
            import sys
            from shop import PREFIX
            print("on standard output")
            print("and by the way", file=sys.__stdout__)
            print(sys.stdin.read())
            tenant = context.get_x_argument(as_dictionary=True)["tenant"]
            op.create_table(
                PREFIX + tenant,
                sa.Column("id", sa.Integer, primary_key=True),
                sa.Column("email", sa.String(50), unique=True),
                sa.Column("status", sa.Enum("new", "old", name="status")),
            )
            """)
        .revision(
            "a2",
            "'a1'",
            """
            bind = op.get_bind()
            bind.execute(sa.text("INSERT INTO shop_acme (email) VALUES ('x')"))
            rows = bind.execute(sa.text("SELECT count(*) FROM shop_acme")).scalar()
            assert rows == 1
            """)
        .revision(
            "a3",
            "'a2'",
            """
            op.add_column("shop_acme", sa.Column("n", sa.Integer))
            bind = op.get_bind()
            bind.commit() if hasattr(bind, "commit") else bind.execute("COMMIT")
            op.add_column("shop_acme", sa.Column("m", sa.Integer))
            """)
        .revision(
            "a4",
            "'a3'",
            """
            with op.get_context().autocommit_block():
                op.execute("CREATE INDEX CONCURRENTLY ix_n ON shop_acme (n)")
                op.execute("ALTER TYPE status ADD VALUE 'lost'")
            op.execute("UPDATE shop_acme SET status = 'lost'")
            """)
        .revision("b1", "None", "'a1'", "op.execute('ALTER TABLE shop_acme RENAME m TO b')")
        .revision("b2", "'b1'", "op.drop_column('shop_acme', 'b')")
        .revision("c1", "('a4', 'b2')", "op.rename_table('shop_acme', 'shop')");
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void whatEachRevisionDoesIsSeenOnAThrowAwayServer(Interpreter python) {
    AlembicFiles files = everything();
    String before = files.listing();

    Replay replay = replay(files, python, throwAway());

    assertThat(replay.complete()).as(replay.toString()).isTrue();
    assertThat(replay.proven()).isTrue();
    assertThat(replay.expectation().source()).isEqualTo(Expectation.Source.REPLAY);
    assertThat(replay.expectation().exact()).isTrue();
    assertThat(story(replay, "a1"))
        .containsExactly(
            "+ column public.shop_acme.email character varying(50)",
            "+ column public.shop_acme.id integer DEFAULT nextval('public.shop_acme_id_seq'::regclass) NOT NULL owns sequence as integer start 1 increment 1 minvalue 1 maxvalue 2147483647 cache 1",
            "+ column public.shop_acme.status public.status",
            "+ constraint public.shop_acme.shop_acme_email_key UNIQUE (email)",
            "+ constraint public.shop_acme.shop_acme_pkey PRIMARY KEY (id)",
            "+ table public.shop_acme table",
            "+ type public.status enum ('new', 'old')");
    assertThat(story(replay, "a2")).isEmpty();
    assertThat(story(replay, "a3"))
        .containsExactly(
            "+ column public.shop_acme.m integer", "+ column public.shop_acme.n integer");
    assertThat(story(replay, "a4"))
        .containsExactly(
            "+ index public.ix_n CREATE INDEX ix_n ON public.shop_acme USING btree (n)",
            "~ type public.status enum ('new', 'old', 'lost')");
    assertThat(story(replay, "b1"))
        .containsExactly("+ column public.shop_acme.b integer", "- column public.shop_acme.m");
    assertThat(story(replay, "b2")).containsExactly("- column public.shop_acme.b");
    assertThat(story(replay, "c1"))
        .contains("+ table public.shop table", "- table public.shop_acme");
    assertThat(files.listing()).as("no __pycache__, nothing else").isEqualTo(before);
  }

  /** Scripts in several directories, on branches that depend on each other. */
  @ParameterizedTest
  @MethodSource("pythons")
  void severalLocationsAndBranchesAreReplayed(Interpreter python) {
    AlembicFiles files =
        new AlembicFiles(directory)
            .write("lib/names.py", "TABLE = 'shop'\n")
            .revision(
                "a1",
                "None",
                """
                import logging
                from names import TABLE
                import sys
                logging.basicConfig(stream=sys.__stdout__)
                logging.getLogger("alembic.a1").warning("%s", TABLE)
                op.create_table(TABLE, sa.Column("id", sa.Integer))
                """)
            .revision(
                "b1",
                "None",
                "'a1'",
                "op.get_context().bind.execute(sa.text('ALTER TABLE shop ADD b int'))")
            .revision("b2", "'b1'", "op.execute('ALTER TABLE shop DROP b')")
            .revision("a2", "'a1'", "'b2'", "op.execute('ALTER TABLE shop ADD a int')")
            .write(
                "alembic.ini",
                """
                [alembic]
                script_location = migrations
                prepend_sys_path = lib:.
                version_locations = migrations/versions extra extra/year
                """);
    move("migrations/versions/b1.py", "extra/year/b1.py");
    move("migrations/versions/b2.py", "extra/b2.py");

    Replay replay = replay(files, python, throwAway());

    assertThat(replay.complete()).as(replay.toString()).isTrue();
    assertThat(replay.expectation().revisions().keySet()).containsExactly("a1", "b1", "b2", "a2");
    assertThat(story(replay, "b1")).containsExactly("+ column public.shop.b integer");
    assertThat(story(replay, "b2")).containsExactly("- column public.shop.b");
    assertThat(story(replay, "a2")).containsExactly("+ column public.shop.a integer");
  }

  private void move(String from, String to) {
    try {
      Files.createDirectories(directory.resolve(to).getParent());
      Files.move(directory.resolve(from), directory.resolve(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDatabaseOnAServerGivesTheSame() {
    AlembicFiles files = everything();
    Interpreter python = Pythons.withAlembic().getFirst();
    int databases = databases();

    Replay there = replay(files, python, onServer());
    Replay here = replay(files, python, throwAway());

    assertThat(there.complete()).as(there.toString()).isTrue();
    assertThat(there.expectation().revisions()).isEqualTo(here.expectation().revisions());
    assertThat(databases()).isEqualTo(databases);
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aChainThatCannotRunFromNothingIsAGap(Interpreter python) {
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision("a1", "None", "op.create_table('plans', sa.Column('id', sa.Integer))")
            .revision(
                "a2",
                "'a1'",
                """
                op.add_column('plans', sa.Column('user_id', sa.Integer))
                op.create_foreign_key('fk_user', 'plans', 'users', ['user_id'], ['id'])
                """)
            .revision("a3", "'a2'", "op.create_table('users', sa.Column('id', sa.Integer))")
            .revision("b1", "'a1'", "op.add_column('plans', sa.Column('note', sa.Text))");

    Replay replay = replay(files, python, throwAway());

    assertThat(replay.complete()).isFalse();
    assertThat(replay.failures()).isEmpty();
    assertThat(replay.notReplayed()).containsExactly("a3");
    assertThat(replay.expectation().gaps())
        .containsExactly(
            new ChainGap(
                "a2", 12, ObjectName.of(ObjectKind.TABLE, "public", "users"), List.of("a3")));
    assertThat(replay.expectation().revisions()).containsOnlyKeys("a1", "b1");
    assertThat(story(replay, "b1")).containsExactly("+ column public.plans.note text");
  }

  @Test
  void whatFailsOtherwiseIsAFailureWithItsLine() {
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision("a1", "None", "op.execute('SELECT 1')\nop.execute('SELECT 1/0')")
            .revision("b1", "None", "import no_such_module")
            .revision("c1", "None", "op.execute('SELECT missing.id FROM pg_class')")
            .revision("d1", "None", "raise SystemExit(4)")
            .revision("e1", "None", "import sys\nsys.exit(0)")
            .revision("f1", "None", "raise SystemExit('there are no tenants')");

    Replay replay = replay(files, Pythons.withAlembic().getFirst(), throwAway());

    assertThat(replay.expectation().gaps()).isEmpty();
    assertThat(replay.failures())
        .containsExactly(
            new Replay.Failure("a1", 12, "`migrations/versions/a1.py:12`: division by zero"),
            new Replay.Failure(
                "b1",
                11,
                "`migrations/versions/b1.py:11` cannot import `no_such_module`:"
                    + " No module named 'no_such_module'"),
            new Replay.Failure(
                "c1",
                11,
                "`migrations/versions/c1.py:11`: missing FROM-clause entry for table \"missing\""),
            new Replay.Failure(
                "d1", 11, "`migrations/versions/d1.py:11`: it ends Python with exit code 4"),
            new Replay.Failure(
                "e1", 12, "`migrations/versions/e1.py:12`: it ends Python with exit code 0"),
            new Replay.Failure("f1", 11, "`migrations/versions/f1.py:11`: there are no tenants"));
  }

  @Test
  void aScriptThatEndsPythonWhenItIsLoadedIsOneSentence() {
    AlembicFiles files = new AlembicFiles(directory);
    files.write(
        "migrations/versions/a1.py",
        "import sys\nrevision = 'a1'\ndown_revision = None\nsys.exit()\n\ndef upgrade():\n    pass\n");

    Interpreter python = Pythons.withAlembic().getFirst();
    assertThatThrownBy(() -> replay(files, python, throwAway()))
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("`migrations/versions/a1.py:4`: it ends Python with exit code 0");
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aScriptThatCannotBeLoadedIsOneSentence(Interpreter python) {
    AlembicFiles files = new AlembicFiles(directory);
    files.write(
        "migrations/versions/a1.py",
        "import app.models\nrevision = 'a1'\ndown_revision = None\n\n\ndef upgrade():\n    pass\n");

    assertThatThrownBy(() -> replay(files, python, throwAway()))
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("`migrations/versions/a1.py:1` cannot import `app`: No module named 'app'");
  }

  @Test
  void whatEscapesIncrementalReadsIsFoundByFullReads() {
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision(
                "a1",
                "None",
                """
                op.execute("CREATE ROLE clerk")
                op.create_table('t', sa.Column('c', sa.String(5)))
                op.execute("CREATE POLICY p ON t TO clerk")
                """)
            // Roles are the server's: nothing is written in the database.
            .revision("a2", "'a1'", "op.execute('ALTER ROLE clerk RENAME TO scribe')");

    Replay replay = replay(files, Pythons.withAlembic().getFirst(), throwAway());

    assertThat(replay.proven()).isTrue();
    assertThat(story(replay, "a2"))
        .containsExactly("~ policy public.t.p permissive for ALL to scribe");
  }

  @Test
  void constraintsGetTheNamesOfTheProjectsConvention() {
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision(
                "a1",
                "None",
                """
                op.create_table('t', sa.Column('c', sa.Integer, primary_key=True),
                                sa.Column('d', sa.Integer, unique=True))
                """);

    Replay replay =
        Replays.replay(
            Replays.request(
                files.project(),
                Pythons.withAlembic().getFirst(),
                throwAway(),
                run ->
                    new AlembicRun(
                        run.files(),
                        run.ledger(),
                        Replays.settings(
                            Map.of(
                                "pk",
                                "pk_%(table_name)s",
                                "uq",
                                "uq_%(table_name)s_%(column_0_name)s"),
                            List.of(),
                            Duration.ofMinutes(1)))));

    assertThat(story(replay, "a1"))
        .contains(
            "+ constraint public.t.pk_t PRIMARY KEY (c)",
            "+ constraint public.t.uq_t_d UNIQUE (d)");
  }

  @Test
  void aRevisionThatTakesTooLongEndsTheReplay() {
    AlembicFiles files =
        new AlembicFiles(directory).revision("a1", "None", "op.execute('SELECT pg_sleep(60)')");
    assertThatThrownBy(
            () ->
                Replays.replay(
                    Replays.request(
                        files.project(),
                        Pythons.withAlembic().getFirst(),
                        throwAway(),
                        run -> withLimit(run, Duration.ofSeconds(1)))))
        .isInstanceOf(StampguardException.class)
        .hasMessage("Python ended in revision `a1`: it took longer than 1 s");
  }

  @Test
  void progressIsToldAfterEveryRevision() {
    AlembicFiles files = everything();
    var told = new ArrayList<String>();
    Replays.replay(
        Replays.request(files, Pythons.withAlembic().getFirst(), throwAway()),
        (done, total) -> told.add(done + "/" + total));
    assertThat(told).containsExactly("1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "7/7");
  }

  private static Replay replay(AlembicFiles files, Interpreter python, ScratchPlacement placement) {
    return Replays.replay(Replays.request(files, python, placement));
  }

  private static AlembicRun withLimit(AlembicRun run, Duration limit) {
    return new AlembicRun(
        run.files(), run.ledger(), Replays.settings(Map.of(), run.settings().arguments(), limit));
  }

  private int databases() {
    return Integer.parseInt(Replays.value(server, "postgres", "SELECT count(*) FROM pg_database"));
  }
}
