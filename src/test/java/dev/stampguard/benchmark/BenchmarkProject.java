package dev.stampguard.benchmark;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockWriter;
import dev.stampguard.expectation.lock.ScriptDigest;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.alembic.AlembicTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Alembic project, and the same as a Flyway project, of which every revision makes ten tables:
 * scripts, databases at head, and the lock file.
 *
 * @param directory holds {@code alembic.ini}, {@code stampguard.lock} and Flyway's scripts in
 *     {@code flyway}
 * @param tables how many
 * @param database its name
 */
record BenchmarkProject(Path directory, int tables, String database) {
  private static final int TABLES_PER_REVISION = 10;

  private static final String ENV =
      """
      import os
      from alembic import context
      from sqlalchemy import create_engine

      with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  /** Writes the scripts, makes the database and reads the lock file off it. */
  static BenchmarkProject create(PostgresServer server, Path parent, int tables)
      throws IOException {
    Path directory = parent.resolve("tables-" + tables);
    var project = new BenchmarkProject(directory, tables, "bench_" + tables);
    Files.createDirectories(directory.resolve("flyway"));
    Path versions = Files.createDirectories(directory.resolve("migrations/versions"));
    Files.writeString(
        directory.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
    Files.writeString(directory.resolve("migrations/env.py"), ENV);
    server.createDatabase(project.database);
    server.createDatabase(project.flywayDatabase());
    server.execute(
        project.database,
        "CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)");
    for (int revision = 0; revision * TABLES_PER_REVISION < tables; revision++) {
      project.write(server, versions, revision);
    }
    server.execute(
        project.database,
        "INSERT INTO alembic_version VALUES ('%s')"
            .formatted(id((tables - 1) / TABLES_PER_REVISION)));
    // By itself: among others it would hold a lock on every table at once.
    server.execute(project.database, "ANALYZE");
    LockWriter.write(project.lock(server), directory.resolve(LockFile.NAME));
    return project;
  }

  String flywayDatabase() {
    return database + "_flyway";
  }

  Path flywayScripts() {
    return directory.resolve("flyway");
  }

  private void write(PostgresServer server, Path versions, int revision) throws IOException {
    int first = revision * TABLES_PER_REVISION;
    var python = new StringBuilder();
    var sql = new StringBuilder();
    for (int i = first; i < Math.min(first + TABLES_PER_REVISION, tables); i++) {
      python.append(createTable(i));
      sql.append(createTableInSql(i));
    }
    String parent = revision == 0 ? "" : id(revision - 1);
    Files.writeString(
        versions.resolve("%05d_%s.py".formatted(first, id(revision))),
        script(first, id(revision), parent, python.toString()));
    Files.writeString(flywayScripts().resolve("V%d__tables.sql".formatted(revision + 1)), sql);
    server.execute(database, sql.toString());
  }

  private static String script(int first, String id, String parent, String upgrade) {
    return """
      \"""Add tables from %1$d

      Revision ID: %2$s
      Revises: %3$s
      Create Date: 2026-01-01 10:00:00.%1$06d

      \"""
      from alembic import op
      import sqlalchemy as sa

      revision = "%2$s"
      down_revision = %4$s
      branch_labels = None
      depends_on = None


      def upgrade():
      %5$s

      def downgrade():
          pass
      """
        .formatted(first, id, parent, parent.isEmpty() ? "None" : '"' + parent + '"', upgrade);
  }

  private static String createTable(int number) {
    return """
          op.create_table(
              "some_table_%1$d",
              sa.Column("id", sa.Integer(), primary_key=True),
              sa.Column("email", sa.String(255), nullable=False),
              sa.Column("owner_id", sa.Integer(), sa.ForeignKey("some_table_0.id", ondelete="CASCADE")),
              sa.Column("state", sa.Text(), server_default="new", nullable=False),
              sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
          )
          op.create_index("ix_some_table_%1$d_email", "some_table_%1$d", ["email"])
      """
        .formatted(number);
  }

  private static String createTableInSql(int number) {
    return """
      CREATE TABLE some_table_%1$d (
        id serial PRIMARY KEY,
        email varchar(255) NOT NULL,
        owner_id integer REFERENCES some_table_0 (id) ON DELETE CASCADE,
        state text DEFAULT 'new' NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL);
      CREATE INDEX ix_some_table_%1$d_email ON some_table_%1$d (email);
      """
        .formatted(number);
  }

  private static String id(int revision) {
    return "rev%05d".formatted(revision);
  }

  /** What a replay would find, without running a thousand revisions. */
  private LockFile lock(PostgresServer server) {
    RevisionGraph graph = new AlembicTool().detect(directory).orElseThrow().scripts().graph();
    CatalogSnapshot catalog;
    try (var connection = Connectors.connector().open(server.target(database));
        var transaction = connection.readOnly()) {
      catalog = CatalogReader.read(transaction, CatalogDepth.DEFINITIONS);
    }
    catalog = catalog.withoutRelation(new QualifiedName("public", "alembic_version"));
    var effects = new LinkedHashMap<String, List<Effect>>();
    graph.revisions().forEach(revision -> effects.put(revision.id(), new ArrayList<>()));
    for (CatalogObject object : catalog.objects().values()) {
      String table =
          object.relation().map(QualifiedName::name).orElseGet(object.name()::simpleName);
      int number = Integer.parseInt(table.substring("some_table_".length()));
      effects
          .get(id(number / TABLES_PER_REVISION))
          .add(
              new Effect(
                  object.name(),
                  object.relation(),
                  Optional.empty(),
                  Optional.of(object.definition())));
    }
    var revisions = new LinkedHashMap<String, RevisionExpectation>();
    effects.forEach(
        (id, made) -> revisions.put(id, new RevisionExpectation(id, made, true, List.of())));
    return LockFile.of(
        "alembic",
        Integer.parseInt(catalog.serverVersion().split("\\.")[0]),
        "public",
        graph,
        new Expectation(Expectation.Source.REPLAY, revisions, List.of(), Map.of()),
        ScriptDigest.ofAll(graph, directory));
  }
}
