package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of Atlas's that stands for all before it, with which new databases begin. */
class AtlasCheckpointTest {
  private static final String LEDGER = "atlas_schema_revisions.atlas_schema_revisions";
  private static final String CHECKPOINT = "20240103130000";

  private final PostgresServer server = PostgresServer.shared();
  private final SqlFilesScenario project = SqlFilesScenario.of("atlas");

  @TempDir private Path directory;

  private FlywayRuns migrated() {
    String database = server.createDatabase();
    project.build(server, database, directory);
    return new FlywayRuns(server, database, directory);
  }

  private void write(String version, int last) throws IOException {
    Files.writeString(
        directory.resolve("migrations/%s_checkpoint.sql".formatted(version)),
        "-- atlas:checkpoint\n\n"
            + project.scripts().subList(0, last).stream()
                .map(SqlFilesScenario.Script::sql)
                .collect(Collectors.joining("\n")));
  }

  private void forget(int last) throws IOException {
    for (SqlFilesScenario.Script script : project.scripts().subList(0, last)) {
      Files.delete(directory.resolve(script.path()));
    }
  }

  /** As Atlas computes it: over names and texts of all files up to this one. */
  private String hash(String version) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<Path> files;
    try (Stream<Path> all = Files.list(directory.resolve("migrations"))) {
      files = all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
    for (Path file : files) {
      digest.update((file.getFileName() + Files.readString(file)).getBytes(StandardCharsets.UTF_8));
      if (file.getFileName().toString().startsWith(version)) {
        break;
      }
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /** A database that Atlas built from nothing when the checkpoint was there. */
  private FlywayRuns fromCheckpoint() throws Exception {
    FlywayRuns runs = migrated();
    write(CHECKPOINT, 3);
    server.execute(
        runs.database(),
        "UPDATE %s SET version = '%s', description = 'checkpoint' WHERE version = '%s'"
            .formatted(LEDGER, CHECKPOINT, project.withIds("{3}")));
    server.execute(
        runs.database(), project.withIds("DELETE FROM %s WHERE version < '{3}'".formatted(LEDGER)));
    for (String version : server.texts(runs.database(), "SELECT version FROM " + LEDGER)) {
      server.execute(
          runs.database(),
          "UPDATE %s SET hash = '%s' WHERE version = '%s'"
              .formatted(LEDGER, hash(version), version));
    }
    return runs;
  }

  private void requireConsistent(FlywayRuns runs) {
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
    assertThat(runs.story("--scratch", server.url("postgres"))).isEqualTo("consistent");
    assertThat(runs.run("check").exitCode()).isZero();
  }

  private void repair(FlywayRuns runs, String strategy) {
    var repair =
        runs.run(
            "repair",
            "--strategy",
            strategy,
            "--apply",
            "--yes",
            "--backup",
            "none",
            "--scratch",
            server.url("postgres"),
            "--allow",
            "not-atomic");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
  }

  @Test
  void aDatabaseThatWasThereBeforeNeverRunsIt() throws IOException {
    FlywayRuns runs = migrated();
    write("20240106130000", 6);
    requireConsistent(runs);

    forget(6);
    requireConsistent(runs);
  }

  @Test
  void aNewDatabaseBeginsWithIt() throws Exception {
    FlywayRuns runs = fromCheckpoint();
    requireConsistent(runs);

    server.execute(runs.database(), "DROP TABLE tags; DROP TABLE fines");
    assertThat(runs.story("--scratch", "none"))
        .isEqualTo(project.withIds("inconsistent SG102({6}) SG103({2})"));
    List<String> ledger = project.ledger(server, runs.database());
    repair(runs, "missing");
    assertThat(project.ledger(server, runs.database())).isEqualTo(ledger);
    requireConsistent(runs);
  }

  @Test
  void whatComesAfterItIsSetBackAndRunAgain() throws Exception {
    FlywayRuns runs = fromCheckpoint();
    List<String> ledger = project.ledger(server, runs.database());
    server.execute(runs.database(), "DROP TABLE fines");
    repair(runs, "restamp");

    assertThat(project.ledger(server, runs.database())).isEqualTo(ledger);
    requireConsistent(runs);
  }

  @Test
  void itIsAMigrationWhereNothingIsBeforeIt() throws Exception {
    FlywayRuns runs = fromCheckpoint();
    forget(3);
    assertThat(runs.story("--scratch", server.url("postgres"))).startsWith("consistent");

    server.execute(runs.database(), "DROP TABLE tags");
    assertThat(runs.story("--scratch", "none"))
        .startsWith("inconsistent SG104(" + CHECKPOINT + ")");
  }

  @Test
  void oneThatFailedIsTold() throws Exception {
    FlywayRuns runs = fromCheckpoint();
    server.execute(
        runs.database(),
        "UPDATE %s SET applied = 0 WHERE version = '%s'".formatted(LEDGER, CHECKPOINT));

    assertThat(runs.story("--scratch", "none"))
        .isEqualTo(project.withIds("inconsistent SG113({3})"));
  }
}
