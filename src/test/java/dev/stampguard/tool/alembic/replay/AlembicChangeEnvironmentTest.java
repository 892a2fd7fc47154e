package dev.stampguard.tool.alembic.replay;

import static dev.stampguard.tool.alembic.replay.Changes.assertDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes in which the project's own {@code env.py} runs. */
@Tag("postgres")
class AlembicChangeEnvironmentTest {
  private static final String CONVENTION =
      """
      import os
      import sqlalchemy as sa
      from alembic import context

      metadata = sa.MetaData(naming_convention={"pk": "pk_%(table_name)s"})
      """;

  /** Its own transaction around everything, a ledger of its own, and more to do afterwards. */
  private static final String ONE_TRANSACTION =
      CONVENTION
          + """
          engine = sa.create_engine(os.environ["DATABASE_URL"], future=True)
          try:
              with engine.begin() as connection:
                  connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS app"))
                  connection.execute(sa.text("SET search_path TO app"))
                  context.configure(
                      connection=connection,
                      target_metadata=metadata,
                      version_table="versions",
                      on_version_apply=lambda ctx, step, heads, **kw: ctx.connection.execute(
                          sa.text("COMMENT ON TABLE versions IS '%s'" % ",".join(sorted(heads)))
                      ),
                  )
                  context.run_migrations()
                  connection.execute(sa.text("CREATE TABLE afterwards (i int)"))
          finally:
              with engine.begin() as connection:
                  connection.execute(sa.text("CREATE TABLE app.at_last (i int)"))
          """;

  /** What {@code alembic init -t async} writes. */
  private static final String ASYNC =
      CONVENTION
          + """
          import asyncio

          from sqlalchemy.ext.asyncio import create_async_engine


          def do_run_migrations(connection):
              context.configure(connection=connection, target_metadata=metadata)
              with context.begin_transaction():
                  context.run_migrations()


          async def run_async_migrations():
              url = os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+asyncpg:")
              connectable = create_async_engine(url, poolclass=sa.pool.NullPool)
              async with connectable.connect() as connection:
                  await connection.run_sync(do_run_migrations)
              await connectable.dispose()


          asyncio.run(run_async_migrations())
          """;

  @TempDir Path directory;

  static Stream<Arguments> environments() {
    return Pythons.withAlembic().stream()
        .flatMap(
            python ->
                Stream.of(
                    Arguments.of(python, ONE_TRANSACTION, new QualifiedName("app", "versions")),
                    Arguments.of(python, ASYNC, new QualifiedName("public", "alembic_version"))));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void theTransactionIsOursInTheProjectsEnvironmentToo(
      Interpreter python, String environment, QualifiedName ledger) {
    if (environment.equals(ASYNC)) {
      Pythons.require(python, "asyncpg");
    }
    Changes changes =
        new Changes(directory, python)
            .inProject(environment)
            .ledgerNamed(ledger.name())
            .revision(
                "a1",
                "None",
                "op.create_table('t', sa.Column('kind', sa.Enum('old', name='kind'),"
                    + " primary_key=True))")
            .revision("a2", "'a1'", "op.execute(\"ALTER TYPE kind ADD VALUE 'new'\")")
            .revision("a3", "'a2'", "op.execute(\"INSERT INTO t VALUES ('new')\")")
            .revision(
                "a4",
                "'a3'",
                """
                with op.get_context().autocommit_block():
                    op.execute("CREATE INDEX CONCURRENTLY i ON t (kind)")
                """)
            .revision("a5", "'a4'", "op.get_bind().connection.commit()")
            .revision("a6", "'a4'", "op.execute('SELECT 1/0')");
    try (ChangeSession session = changes.session()) {
      assertThat(session.ledger()).isEqualTo(ledger);
      Inspection before = changes.seen();
      session.begin();
      assertDone(session.run("a1", true));
      assertDone(session.run("a2", true));
      assertThat(session.run("a3", true)).isInstanceOf(ChangeOutcome.NeedsCut.class);
      assertThat(changes.seen()).isEqualTo(before);
      session.commit();
      session.begin();
      assertDone(session.run("a3", true));
      assertThat(session.run("a4", true)).isInstanceOf(ChangeOutcome.NeedsCut.class);
      assertThat(session.run("a6", true)).isInstanceOf(ChangeOutcome.Failed.class);
      Inspection inside = session.look();
      session.commit();
      assertThat(changes.seen()).isEqualTo(inside);
      assertThat(inside.catalog().objects().keySet().toString())
          .contains("constraint %s.t.pk_t".formatted(ledger.schema()));
      assertDone(session.runAlone("a4", true));
      session.begin();
      assertThat(session.run("a5", true))
          .isInstanceOfSatisfying(
              ChangeOutcome.TransactionEnded.class,
              ended -> assertThat(ended.committed()).isFalse());
      session.begin();
      session.stamp(List.of());
    }
    assertThat(changes.seen().ledger().rows()).containsExactly("a4");
    assertThat(
            changes.value(
                "SELECT coalesce(to_regclass('app.afterwards'), to_regclass('app.at_last'))"))
        .as("what env.py does when its migrations are done")
        .isNull();
    if (environment.equals(ONE_TRANSACTION)) {
      assertThat(changes.value("SELECT obj_description('app.versions'::regclass)")).isEqualTo("a4");
    }
  }

  @Test
  void autocommitOfTheEnvironmentIsRefused() {
    Changes changes =
        new Changes(directory, Pythons.withAlembic().getFirst())
            .inProject(
                Changes.ENVIRONMENT.replace(
                    "poolclass", "isolation_level=\"AUTOCOMMIT\", poolclass"))
            .revision("a1", "None", "op.execute('CREATE TABLE t (i int)')");
    for (boolean withLedger : new boolean[] {false, true}) {
      if (withLedger) {
        changes.execute("CREATE TABLE alembic_version (version_num text)");
      }
      try (ChangeSession session = changes.session()) {
        assertThatThrownBy(session::begin)
            .hasMessage(
                "`%s` cannot be changed in one transaction: the project's `env.py` connects with autocommit"
                    .formatted(changes.database()));
      }
    }
  }

  @Test
  void anotherDatabaseThanTheTargetIsRefused() {
    PostgresServer server = PostgresServer.shared();
    String other = server.createDatabase();
    Changes changes =
        new Changes(directory, Pythons.withAlembic().getFirst())
            .inProject(
                Changes.ENVIRONMENT.replace(
                    "os.environ[\"DATABASE_URL\"]", "\"" + server.url(other) + "\""))
            .revision("a1", "None", "pass");
    assertThatThrownBy(changes::session)
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "`migrations/env.py:6`: it connects to the database `%s`, which is not the target"
                .formatted(other));
  }

  @Test
  void aScriptThatConnectsElsewhereFails() {
    PostgresServer server = PostgresServer.shared();
    String other = server.createDatabase();
    Changes changes =
        new Changes(directory, Pythons.withAlembic().getFirst())
            .revision(
                "a1", "None", "sa.create_engine('%s').connect()".formatted(server.url(other)));
    try (ChangeSession session = changes.session()) {
      session.begin();
      assertThat(session.run("a1", true))
          .isInstanceOfSatisfying(
              ChangeOutcome.Failed.class,
              failed ->
                  assertThat(failed.message())
                      .endsWith(
                          "it connects to the database `%s`, which is not the target"
                              .formatted(other)));
      session.commit();
    }
  }
}
