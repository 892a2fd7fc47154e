package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.CustomChangeException;
import liquibase.exception.DatabaseException;
import liquibase.exception.ValidationErrors;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changesets that run on a condition, and those that are programs: Liquibase itself makes the
 * databases, and nothing here may run it.
 */
class LiquibaseConditionsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  /** The last one is for the tests to fill in. */
  private static final String CHANGELOG =
      """
      databaseChangeLog:
        - changeSet:
            id: members
            author: ann
            changes:
              - sql: {sql: "CREATE TABLE members (id int, name text); CREATE INDEX by_name ON members (name)"}
        - changeSet:
            id: tag
            author: ann
            changes:
              - tagDatabase: {tag: v1}
        - changeSet:
            id: loans
            author: ann
            preConditions:
              - onFail: MARK_RAN
              - not: [{tableExists: {tableName: loans}}]
            changes:
              - sql: {sql: "CREATE TABLE loans (id int, due date)"}
        - changeSet:
            id: legacy
            author: ann
            preConditions:
              - onFail: MARK_RAN
              - tableExists: {tableName: legacy}
            changes:
              - sql: {sql: "ALTER TABLE legacy ADD COLUMN moved boolean"}
        - changeSet:
            id: fines
            author: ben
            changes:
              - sql: {sql: "CREATE TABLE fines (id int)"}
              - tagDatabase: {tag: v2}
            rollback:
              - dropTable: {tableName: members}
      """;

  private static final String PROGRAM =
      """
        - changeSet:
            id: program
            author: ben
            changes:
              - customChange:
                  class: dev.stampguard.scenarios.LiquibaseConditionsTest$Program
      """;

  private static final String UNKNOWN = "unknown SG111(changelog.yaml::program::ben) SG112()";

  @TempDir private Path project;
  private final String database = SERVER.createDatabase();

  /** A change in Java, which makes a table that no script tells of. */
  public static final class Program implements CustomTaskChange {
    @Override
    public void execute(Database target) throws CustomChangeException {
      try (Statement statement = ((JdbcConnection) target.getConnection()).createStatement()) {
        statement.execute("CREATE TABLE unseen (id int)");
      } catch (DatabaseException | SQLException e) {
        throw new CustomChangeException(e);
      }
    }

    @Override
    public String getConfirmationMessage() {
      return "made";
    }

    @Override
    public void setUp() {
      // Nothing to set up.
    }

    @Override
    public void setFileOpener(ResourceAccessor accessor) {
      // It reads no file.
    }

    @Override
    public ValidationErrors validate(Database target) {
      return new ValidationErrors();
    }
  }

  @BeforeEach
  void write() {
    write("liquibase.properties", "changeLogFile=changelog.yaml\n");
    write("changelog.yaml", CHANGELOG);
  }

  private void write(String name, String text) {
    try {
      Files.writeString(project.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FlywayRuns update() {
    try (Connection connection = SERVER.connect(database)) {
      var target =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(connection));
      new Liquibase("changelog.yaml", new DirectoryResourceAccessor(project), target)
          .update(new Contexts());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new FlywayRuns(SERVER, database, project);
  }

  /** By its scripts, by a replay and by the lock file that a replay gives. */
  private void isJudged(FlywayRuns runs, String story) {
    assertThat(runs.story("--scratch", "none")).isEqualTo(story);
    assertThat(runs.story("--scratch", SERVER.url("postgres"))).isEqualTo(story);
    boolean isHealthy = story.startsWith("consistent") || story.startsWith("behind");
    assertThat(runs.run("check").exitCode()).isEqualTo(isHealthy ? 0 : 3);
    InProcess.Result snapshot = runs.run("snapshot", "--scratch", SERVER.url("postgres"));
    assertThat(snapshot.exitCode()).as(snapshot.err()).isZero();
    assertThat(runs.story("--scratch", "none")).isEqualTo(story);
    assertThat(runs.run("check").exitCode()).isEqualTo(isHealthy ? 0 : 3);
    boolean isSaid = snapshot.err().contains("nothing tells what");
    assertThat(isSaid).isEqualTo(story.startsWith("unknown"));
  }

  private InProcess.Result repair(FlywayRuns runs, String... options) {
    var words =
        new ArrayList<>(
            List.of(
                "repair",
                "--apply",
                "--yes",
                "--backup",
                "none",
                "--scratch",
                SERVER.url("postgres")));
    words.addAll(List.of(options));
    return runs.run(words.toArray(String[]::new));
  }

  /** The ledger tells which conditions were met: nothing is left to guess. */
  @Test
  void theRowsTellWhatRan() {
    FlywayRuns runs = update();
    isJudged(runs, "consistent");

    SERVER.execute(database, "ALTER TABLE loans DROP COLUMN due");
    assertThat(runs.story("--scratch", "none"))
        .isEqualTo("inconsistent SG104(changelog.yaml::loans::ann)");
    SERVER.execute(database, "DROP TABLE loans");
    assertThat(runs.story("--scratch", "none"))
        .isEqualTo("inconsistent SG103(changelog.yaml::loans::ann)");
    InProcess.Result refused = repair(runs, "--strategy", "missing");
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err()).contains("`changelog.yaml::loans::ann` is not SQL alone", "hint: ");
  }

  /** What a condition kept from running is there in whatever form it was there before. */
  @Test
  void whatWasPassedOverIsNobodysEvidence() {
    SERVER.execute(database, "CREATE TABLE loans (id text)");
    SERVER.execute(database, "CREATE TABLE legacy (id int)");
    FlywayRuns runs = update();
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent SG112()");

    SERVER.execute(database, "DROP TABLE loans");
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent SG112()");
    SERVER.execute(database, "ALTER TABLE legacy DROP COLUMN moved");
    assertThat(runs.story("--scratch", "none"))
        .isEqualTo("inconsistent SG103(changelog.yaml::legacy::ann) SG112()");
  }

  /** One that did not run yet may well find what it would make. */
  @Test
  void whatIsPendingMayBeThere() {
    update();
    SERVER.execute(
        database, "DELETE FROM databasechangelog WHERE id IN ('loans', 'legacy', 'fines')");
    SERVER.execute(database, "DROP TABLE fines");
    assertThat(new FlywayRuns(SERVER, database, project).story("--scratch", "none"))
        .isEqualTo("behind");
  }

  /** Liquibase keeps the name of a state in the row of the changeset that gives it. */
  @Test
  void aRowThatIsWrittenAnewHasItsTag() {
    FlywayRuns runs = update();
    SERVER.execute(database, "DELETE FROM databasechangelog WHERE id = 'fines'");

    InProcess.Result repair = repair(runs, "--strategy", "restamp");
    assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
    assertThat(SERVER.texts(database, "SELECT tag FROM databasechangelog WHERE id = 'fines'"))
        .containsExactly("v2");
  }

  @Test
  void ofAProgramNobodyKnowsWhatItDid() {
    write("changelog.yaml", CHANGELOG + PROGRAM);
    FlywayRuns runs = update();
    isJudged(runs, UNKNOWN);
    assertThat(runs.run("diagnose").out().replaceAll("\\s+", " "))
        .contains("for example `replay.command=liquibase update`");

    SERVER.execute(database, "DROP INDEX by_name");
    InProcess.Result graft = repair(runs);
    assertThat(graft.exitCode()).as(graft.out() + graft.err()).isZero();
    assertThat(runs.story("--scratch", "none")).isEqualTo(UNKNOWN);

    write("stampguard.properties", "ignore=SG111:revision *program* # makes what reports need\n");
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent SG112()");
  }
}
