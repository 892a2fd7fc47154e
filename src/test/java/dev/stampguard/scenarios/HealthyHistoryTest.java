package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that real Alembic has just built: a finding on one of them would be a false alarm. */
@Tag("postgres")
class HealthyHistoryTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;

  /** Builds a project of these upgrade bodies, in order, and upgrades a database with it. */
  private Map<String, String> upgrade(String metadata, String... bodies) throws IOException {
    Path versions = Files.createDirectories(project.resolve("m/versions"));
    Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = m\n");
    Files.writeString(
        project.resolve("m/env.py"),
        """
      import os
      from alembic import context
      from sqlalchemy import MetaData, create_engine

      metadata = MetaData(%s)
      url = os.environ["DATABASE_URL"]
      with create_engine(url).connect() as connection:
          context.configure(connection=connection, target_metadata=metadata)
          with context.begin_transaction():
              context.run_migrations()
      """
            .formatted(metadata));
    for (int i = 0; i < bodies.length; i++) {
      Files.writeString(
          versions.resolve("r%d.py".formatted(i)),
          """
          from alembic import op
          import sqlalchemy as sa

          revision = "r%d"
          down_revision = %s


          def upgrade():
          %s"""
              .formatted(i, i == 0 ? "None" : "\"r" + (i - 1) + "\"", bodies[i].indent(4)));
    }
    String url = server.url(server.createDatabase());
    Alembic.Result result = Alembic.require().run(project, url, List.of("upgrade", "head"));
    assertThat(result.exitCode()).as(result.output()).isZero();
    return Map.of("DATABASE_URL", url);
  }

  private void assertHealthy(Map<String, String> environment) {
    assertHealthy(environment, "scripts", "--scratch", "none");

    String place = server.url("postgres");
    var replaying = new HashMap<>(ReplayEnvironment.variables());
    replaying.putAll(environment);
    assertHealthy(replaying, "replay", "--scratch", place);

    InProcess.Result snapshot = InProcess.run(project, replaying, "snapshot", "--scratch", place);
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    assertHealthy(environment, "lock", "--scratch", "none");
  }

  private void assertHealthy(Map<String, String> environment, String source, String... options) {
    InProcess.Result check =
        InProcess.run(
            project, environment, line(options, "check", "--require-head", "--fail-on", "info"));
    InProcess.Result story =
        InProcess.run(project, environment, line(options, "diagnose", "--output", "json"));
    assertThat(check.exitCode()).as(source + "\n" + story.out()).isZero();
    assertThat(check.err()).isEmpty();
    assertThat(story.out()).contains("\"source\": \"" + source + "\"");
  }

  private static String[] line(String[] options, String... command) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }

  @Test
  void namesFromAConventionAreFound() throws IOException {
    assertHealthy(
        upgrade(
            """
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }""",
            """
            op.create_table(
                "users",
                sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("email", sa.String(), unique=True, index=False),
                sa.Column("age", sa.Integer()),
                sa.CheckConstraint("age > 0", name="positive_age"),
            )
            """,
            """
            op.create_table(
                "posts",
                sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")),
                sa.Column("slug", sa.String()),
            )
            op.create_unique_constraint(None, "posts", ["slug"])
            """));
  }

  @Test
  void oneIndexServesTwoConstraintsOnTheSameColumns() throws IOException {
    assertHealthy(
        upgrade(
            "",
            """
            op.create_table(
                "a", sa.Column("id", sa.Integer(), primary_key=True, unique=True)
            )
            op.create_table(
                "b",
                sa.Column("id", sa.Integer(), primary_key=True),
                sa.UniqueConstraint("id", name="uq_b_id"),
            )
            """));
  }

  @Test
  void droppedAndRenamedTablesLeaveNothingToMiss() throws IOException {
    assertHealthy(
        upgrade(
            "",
            """
            op.create_table("old", sa.Column("id", sa.Integer(), primary_key=True))
            op.create_table("gone", sa.Column("id", sa.Integer(), primary_key=True))
            """,
            """
            op.rename_table("old", "new")
            op.drop_table("gone")
            """));
  }

  @Test
  void rangeTypesAndSearchPathsAreUnderstood() throws IOException {
    assertHealthy(
        upgrade(
            "",
            """
            op.execute("CREATE TYPE span AS RANGE (subtype = int4)")
            op.execute("CREATE SCHEMA app")
            op.execute("SET LOCAL search_path TO app, public")
            op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))
            op.execute("RESET search_path")
            """));
  }
}
