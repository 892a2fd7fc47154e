package dev.stampguard.testing;

import java.nio.file.Path;

/**
 * A project and its database, from which three revisions are missing that PostgreSQL takes in no
 * fewer than three transactions.
 *
 * @param database its name
 */
public record ThreeSegments(PostgresServer server, String database) implements AutoCloseable {
  /** Writes the project into an empty directory and makes the database, with rows. */
  public static ThreeSegments build(PostgresServer server, Path project) {
    new AlembicFiles(project)
        .revision(
            "a1",
            "None",
            """
            op.execute("CREATE TYPE mood AS ENUM ('sad')")
            op.execute("CREATE TABLE jobs (id integer PRIMARY KEY, name text)")
            """)
        .revision("b2", "'a1'", "op.execute(\"ALTER TYPE mood ADD VALUE 'glad'\")")
        .revision("c3", "'b2'", "op.execute(\"ALTER TABLE jobs ADD COLUMN m mood DEFAULT 'glad'\")")
        .revision(
            "d4",
            "'c3'",
            """
            with op.get_context().autocommit_block():
                op.execute("CREATE INDEX CONCURRENTLY jobs_name ON jobs (name)")
            """);
    String database = server.createDatabase();
    server.execute(
        database,
        """
        CREATE TYPE mood AS ENUM ('sad');
        CREATE TABLE jobs (id integer PRIMARY KEY, name text);
        INSERT INTO jobs SELECT i, 'job ' || i FROM generate_series(1, 50) i;
        CREATE TABLE alembic_version (
          version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('d4')
        """);
    return new ThreeSegments(server, database);
  }

  @Override
  public void close() {
    server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }
}
