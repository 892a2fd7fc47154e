package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.scenarios.LiquibaseScenario.Library;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recommended where only Liquibase itself could run a changeset and nothing says how. */
class LiquibaseNeedsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  @TempDir private Path directory;

  @Test
  void nothingIsRecommendedThatNeedsACommandNobodyNamed() {
    String database = SERVER.createDatabase();
    LiquibaseScenario.copy(Library.WORDS, directory);
    LiquibaseScenario.update(SERVER, database, directory, Library.WORDS);
    SERVER.execute(database, "DROP INDEX sources_by_title");
    var runs = new FlywayRuns(SERVER, database, directory);

    InProcess.Result diagnose = runs.run("diagnose", "--scratch", "none");
    String said = diagnose.out().replaceAll("\\s+", " ");
    assertThat(said)
        .doesNotContain("recommended")
        .contains(
            "taken from a replay of the scripts; this needs `replay.command` in `stampguard.properties`: `words.xml::1::cleo` is not SQL alone",
            "hint: say in `stampguard.properties` how Liquibase is run: replay.command=…; then `stampguard repair`");

    InProcess.Result repair = runs.run("repair");
    assertThat(repair.exitCode()).isEqualTo(4);
    assertThat(repair.err())
        .contains(
            "a repair of `SG104` needs `replay.command`",
            "hint: say in `stampguard.properties` how Liquibase is run: replay.command=…");

    String whole = SERVER.createDatabase();
    LiquibaseScenario.update(SERVER, whole, directory, Library.WORDS);
    // A sibling has what is missing, and nothing has to run.
    assertThat(runs.run("diagnose", "--scratch", "none").out().replaceAll("\\s+", " "))
        .contains("graft recommended create exactly the 1 missing object, taken from `" + whole);
    InProcess.Result graft =
        runs.run("repair", "--apply", "--yes", "--backup", "none", "--reference", whole);
    assertThat(graft.exitCode()).as(graft.out() + graft.err()).isZero();
    assertThat(runs.story("--scratch", "none")).isEqualTo("consistent");
  }
}
