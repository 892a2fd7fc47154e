package dev.stampguard.testing;

import dev.stampguard.tool.alembic.AlembicProject;
import dev.stampguard.tool.alembic.AlembicTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes an Alembic project, script by script. */
public final class AlembicFiles {
  /** An {@code env.py} that runs the migrations in the database that the variable names. */
  public static final String ENVIRONMENT =
      """
      import os
      from alembic import context
      from sqlalchemy import create_engine

      with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  private final Path directory;

  /**
   * Begins a project whose {@code env.py} fails when it is run.
   *
   * @param directory an empty directory
   */
  public AlembicFiles(Path directory) {
    this.directory = directory;
    write(
        "alembic.ini",
        """
        [alembic]
        script_location = migrations
        prepend_sys_path = .
        sqlalchemy.url = postgresql://nobody@nowhere.invalid/none
        """);
    write("migrations/env.py", "raise SystemExit('the project env.py must not run')\n");
  }

  /** Adds a revision. {@code parents} and what follows are Python, the body is indented here. */
  public AlembicFiles revision(String id, String parents, String body) {
    return revision(id, parents, "None", body);
  }

  /** Adds a revision that depends on another. */
  public AlembicFiles revision(String id, String parents, String dependsOn, String body) {
    write(
        "migrations/versions/" + id + ".py",
        """
        import sqlalchemy as sa
        from alembic import context, op

        revision = "%s"
        down_revision = %s
        branch_labels = None
        depends_on = %s


        def upgrade():
        %s

        def downgrade():
            pass
        """
            .formatted(
                id,
                parents,
                dependsOn,
                body.lines().map(line -> "    " + line + "\n").collect(Collectors.joining())));
    return this;
  }

  /** Writes any file. */
  public AlembicFiles write(String name, String text) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The project as the program finds it. */
  public AlembicProject project() {
    return (AlembicProject) new AlembicTool().detect(directory).orElseThrow();
  }

  /** Every file and directory there is, relative to the project, sorted. */
  public String listing() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
