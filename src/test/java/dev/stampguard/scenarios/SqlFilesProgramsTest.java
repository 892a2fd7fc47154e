package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration in Go among those in SQL, which a program of the project's runs for goose. */
class SqlFilesProgramsTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;

  @Test
  void aProgramOfGoosesIsRunByTheProjectsOwn() throws IOException {
    SqlFilesScenario project = SqlFilesScenario.of("goose");
    String database = server.createDatabase();
    project.build(server, database, directory);
    SqlFilesScenario.Script tags = project.scripts().get(1);
    Files.delete(directory.resolve(tags.path()));
    Files.writeString(
        directory.resolve(tags.path().replaceFirst("\\.sql$", ".go")), "package migrations\n");
    var runs = new FlywayRuns(server, database, directory);

    assertThat(runs.story("--scratch", "none")).isEqualTo("unknown SG111(2) SG112()");
    assertThat(runs.story("--scratch", server.url("postgres")))
        .isEqualTo("unknown SG111(2) SG112()");
    assertThat(runs.run("check").exitCode()).isEqualTo(3);

    // What it did stays open, and the rest is mended all the same.
    server.execute(database, "DROP TABLE fines");
    assertThat(repair(runs).exitCode()).isZero();
    server.execute(database, "ALTER TABLE authors DROP COLUMN name");
    assertThat(repair(runs).exitCode()).isZero();
    assertThat(runs.story("--scratch", "none")).isEqualTo("unknown SG111(2) SG112()");
    server.execute(database, "ALTER TABLE books DROP COLUMN pages");
    assertThat(repair(runs).err())
        .contains(
            "a repair of `SG104` needs `replay.command` in `stampguard.properties`: `"
                + tags.path().replaceFirst("sql$", "go"));
    server.execute(database, "ALTER TABLE books ADD COLUMN pages int");

    // What was compiled of it, told to run up to a version by goose's own variables.
    Files.writeString(
        directory.resolve("goose"),
        """
        set -eu
        test "$GOOSE_DRIVER $1" = "postgres up-to"
        psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 "$GOOSE_DBSTRING" <<SQL
        %s
        INSERT INTO goose_db_version (version_id, is_applied) VALUES ($2, true);
        SQL
        """
            .formatted(tags.sql()));
    Files.writeString(
        directory.resolve("stampguard.properties"), "replay.command=sh goose up-to {revision}\n");
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("consistent");
    server.execute(database, "DROP TABLE tags");
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("inconsistent SG103(2)");
  }

  private InProcess.Result repair(FlywayRuns runs) {
    return runs.run(
        "repair", "--apply", "--yes", "--backup", "none", "--scratch", server.url("postgres"));
  }
}
