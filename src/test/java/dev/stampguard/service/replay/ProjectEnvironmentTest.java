package dev.stampguard.service.replay;

import static dev.stampguard.service.replay.Replays.onServer;
import static dev.stampguard.service.replay.Replays.story;
import static dev.stampguard.service.replay.Replays.throwAway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays in which the project's own {@code env.py} runs. */
class ProjectEnvironmentTest {
  private static final String METADATA =
      """
      import logging
      import os
      from logging.config import fileConfig

      import sqlalchemy as sa
      from alembic import context

      config = context.config
      fileConfig(config.config_file_name)
      logging.getLogger("alembic.env").warning("it runs")
      metadata = sa.MetaData(naming_convention={"pk": "pk_%(table_name)s"})
      assert not context.is_offline_mode()
      assert context.get_x_argument(as_dictionary=True) == {"tenant": "acme"}
      """;

  /** What {@code alembic init} writes. */
  private static final String TEMPLATE =
      METADATA
          + """

          def run_migrations_online():
              connectable = sa.engine_from_config(
                  config.get_section(config.config_ini_section),
                  prefix="sqlalchemy.",
                  poolclass=sa.pool.NullPool,
              )
              with connectable.connect() as connection:
                  context.configure(connection=connection, target_metadata=metadata)
                  with context.begin_transaction():
                      context.run_migrations()


          run_migrations_online()
          """;

  /** Its own transaction around everything, and a ledger of its own. */
  private static final String ONE_TRANSACTION =
      METADATA
          + """
          engine = sa.create_engine(os.environ["DATABASE_URL"], future=True)
          with engine.begin() as connection:
              connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS app"))
              connection.execute(sa.text("SET search_path TO app"))
              context.configure(
                  connection=connection,
                  target_metadata=metadata,
                  version_table="app_versions",
                  version_table_schema="app",
              )
              context.run_migrations()
          """;

  /** Only PG* says where the database is. */
  private static final String LIBPQ =
      METADATA
          + """
          with sa.create_engine("postgresql+psycopg2://").connect() as connection:
              context.configure(connection, target_metadata=metadata)
              with context.begin_transaction():
                  context.run_migrations()
          """;

  /** What {@code alembic init -t async} writes. */
  private static final String ASYNC =
      METADATA
          + """
          import asyncio

          from sqlalchemy.ext.asyncio import create_async_engine


          def do_run_migrations(connection):
              context.configure(connection=connection, target_metadata=metadata)
              with context.begin_transaction():
                  context.run_migrations()


          async def run_async_migrations():
              connectable = create_async_engine(
                  config.get_main_option("sqlalchemy.url"), poolclass=sa.pool.NullPool
              )
              async with connectable.connect() as connection:
                  await connection.run_sync(do_run_migrations)
              await connectable.dispose()


          asyncio.run(run_async_migrations())
          """;

  @TempDir Path directory;

  private final PostgresServer server = PostgresServer.shared();

  static Stream<Arguments> environments() {
    return Pythons.withAlembic().stream()
        .flatMap(
            python ->
                Stream.of(
                    Arguments.of(python, "postgresql", "public", TEMPLATE),
                    Arguments.of(python, "postgresql", "app", ONE_TRANSACTION),
                    Arguments.of(python, "postgresql", "public", LIBPQ),
                    Arguments.of(python, "postgresql+asyncpg", "public", ASYNC)));
  }

  static Stream<Interpreter> pythons() {
    return Pythons.withAlembic().stream();
  }

  @ParameterizedTest
  @MethodSource("environments")
  void everyRevisionRunsByItselfInTheProjectsEnvironment(
      Interpreter python, String scheme, String schema, String environment) {
    if (scheme.endsWith("asyncpg")) {
      Pythons.require(python, "asyncpg");
    }
    AlembicFiles files =
        project(environment, scheme + "://nobody@nowhere.invalid/none")
            .revision(
                "a1", "None", "op.create_table('t', sa.Column('id', sa.Integer, primary_key=True))")
            .revision("a2", "'a1'", "op.add_column('t', sa.Column('n', sa.Integer))")
            .revision(
                "b1", "'a1'", "op.execute('CREATE TABLE half (i int)')\nop.execute('SELECT 1/0')")
            .revision("a3", "'a2'", "op.drop_column('t', 'n')");
    String before = files.listing();

    Replay replay = replay(files, python, throwAway());

    assertThat(replay.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.revision()).isEqualTo("b1"));
    assertThat(replay.failures().getFirst().message()).endsWith(": division by zero");
    assertThat(replay.proven()).isTrue();
    assertThat(story(replay, "a1"))
        .as("the convention's name, in the environment's schema, without the ledger")
        .containsExactly(
            "+ column %s.t.id integer DEFAULT nextval('%<s.t_id_seq'::regclass) NOT NULL owns sequence as integer start 1 increment 1 minvalue 1 maxvalue 2147483647 cache 1"
                .formatted(schema),
            "+ constraint %s.t.pk_t PRIMARY KEY (id)".formatted(schema),
            "+ table %s.t table".formatted(schema));
    assertThat(story(replay, "a2")).containsExactly("+ column %s.t.n integer".formatted(schema));
    assertThat(story(replay, "a3")).containsExactly("- column %s.t.n".formatted(schema));
    assertThat(files.listing()).isEqualTo(before);
  }

  /** A real second database: what its own catalog, rows and statistics say is the proof. */
  @ParameterizedTest
  @MethodSource("pythons")
  void anotherDatabaseThanTheScratchIsRefusedAndUntouched(Interpreter python) {
    String other = server.createDatabase();
    server.execute(
        other,
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
            + "INSERT INTO alembic_version VALUES ('a0'); CREATE TABLE precious (i int)");
    for (ScratchPlacement placement : List.of(throwAway(), onServer())) {
      for (String environment :
          List.of(
              TEMPLATE.replace(
                  "config.get_section(config.config_ini_section)",
                  "{\"sqlalchemy.url\": \"" + server.url(other) + "\"}"),
              // one that does its best to go on
              METADATA
                  + """
                  engine = sa.create_engine("%s")
                  try:
                      engine.connect()
                  except Exception:
                      pass
                  import psycopg2
                  engine = sa.create_engine("postgresql://", creator=lambda: psycopg2.connect("%<s"))
                  engine.connect()
                  """
                      .formatted(server.url(other)))) {
        AlembicFiles files =
            project(environment, "driver://")
                .revision("a1", "None", "op.execute('DROP TABLE IF EXISTS precious')");
        Untouched untouched = Untouched.of(server, other);
        assertThatThrownBy(() -> replay(files, python, placement))
            .isInstanceOf(StampguardException.class)
            .hasMessageMatching(
                "`migrations/env.py:\\d+`: it connects to the database `%s`, which is not the scratch database"
                    .formatted(other));
        untouched.verify();
      }
    }
  }

  @Test
  void aScriptThatConnectsElsewhereFailsAndTouchesNothing() {
    Interpreter python = Pythons.withAlembic().getFirst();
    Pythons.require(python, "asyncpg");
    String other = server.createDatabase();
    AlembicFiles files =
        new AlembicFiles(directory)
            .revision(
                "a1",
                "None",
                """
                engine = sa.create_engine("%s")
                with engine.begin() as connection:
                    connection.execute(sa.text("CREATE TABLE stray (i int)"))
                """
                    .formatted(server.url(other)))
            .revision(
                "b1",
                "None",
                """
                import os
                engine = sa.create_engine(os.environ["DATABASE_URL"])
                with engine.begin() as connection:
                    connection.execute(sa.text("CREATE TABLE mine (i int)"))
                """)
            .revision(
                "c1", "None", connectingTo("psycopg2.connect('%s')".formatted(server.url(other))))
            .revision("d1", "None", connectingTo("psycopg2.connect(os.environ['DATABASE_URL'])"))
            .revision(
                "e1",
                "None",
                """
                import asyncio
                import asyncpg

                async def stray():
                    connection = await asyncpg.connect("%s")
                    await connection.execute("CREATE TABLE stray (i int)")

                asyncio.run(stray())
                """
                    .formatted(server.url(other)));
    Untouched untouched = Untouched.of(server, other);

    Replay replay = Replays.replay(Replays.request(files, python, throwAway()));

    assertThat(replay.failures())
        .containsExactly(
            refused("a1", 12, other), refused("c1", 13, other), refused("e1", 15, other));
    assertThat(story(replay, "b1")).contains("+ table public.mine table");
    assertThat(story(replay, "d1")).contains("+ table public.stray table");
    untouched.verify();
  }

  /** A script that uses the library underneath SQLAlchemy. */
  private static String connectingTo(String call) {
    return """
        import os
        import psycopg2
        connection = %s
        connection.cursor().execute("CREATE TABLE stray (i int)")
        connection.commit()
        connection.close()
        """
        .formatted(call);
  }

  private static Replay.Failure refused(String revision, int line, String other) {
    return new Replay.Failure(
        revision,
        line,
        "`migrations/versions/%s.py:%d`: it connects to the database `%s`, which is not the scratch database"
            .formatted(revision, line, other));
  }

  @Test
  void anEnvironmentThatFailsIsOneSentence() {
    assertFails(
        "import app.models\n", "`migrations/env.py:1` cannot import `app`: No module named 'app'");
    assertFails("\nraise SystemExit('no')\n", "`migrations/env.py:2`: no");
    assertFails("pass\n", "`migrations/env.py:1`: it does not run the migrations");
    assertFails(
        "from alembic import context\ncontext.configure(url='postgresql://')\n",
        "`migrations/env.py:2`: it configures Alembic without a connection");
  }

  private void assertFails(String environment, String message) {
    AlembicFiles files = project(environment, "driver://").revision("a1", "None", "pass");
    assertThatThrownBy(() -> replay(files, Pythons.withAlembic().getFirst(), onServer()))
        .isInstanceOf(StampguardException.class)
        .hasMessage(message);
  }

  private AlembicFiles project(String environment, String url) {
    return new AlembicFiles(directory)
        .write("migrations/env.py", environment)
        .write(
            "alembic.ini",
            """
            [alembic]
            script_location = migrations
            prepend_sys_path = .
            sqlalchemy.url = %s

            [loggers]
            keys = root

            [handlers]
            keys = console

            [formatters]
            keys =

            [logger_root]
            level = INFO
            handlers = console

            [handler_console]
            class = StreamHandler
            args = (sys.stdout,)
            """
                .formatted(url));
  }

  private static Replay replay(AlembicFiles files, Interpreter python, ScratchPlacement placement) {
    return Replays.replay(
        Replays.request(files.project(), python, placement, ProjectEnvironmentTest::inProject));
  }

  private static AlembicRun inProject(AlembicRun run) {
    RunSettings own = run.settings();
    return new AlembicRun(
        run.files(),
        run.ledger(),
        new RunSettings(
            own.interpreter(),
            own.environment(),
            true,
            own.namingConvention(),
            own.arguments(),
            own.urlVariable(),
            own.limit()));
  }
}
