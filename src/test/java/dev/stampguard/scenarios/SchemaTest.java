package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas on file are what real Alembic makes of the scripts. */
class SchemaTest {
  private final PostgresServer server = PostgresServer.shared();
  private final List<String> databases = new ArrayList<>();

  @TempDir private Path directory;

  /** Upgrades of one project: scenarios that bring no scripts of their own add nothing. */
  record Upgrade(Scenario scenario, String revision) {
    @Override
    public String toString() {
      return scenario + " to " + revision;
    }
  }

  static Stream<Upgrade> upgrades() {
    return withScripts()
        .filter(scenario -> scenario.fails().isEmpty())
        // Its database is of the scripts before they were edited.
        .filter(scenario -> scenario.locked().isEmpty())
        .flatMap(
            scenario ->
                Scenario.all().stream()
                    .filter(other -> project(other).equals(project(scenario)))
                    .flatMap(other -> revisions(other))
                    .distinct()
                    .map(revision -> new Upgrade(scenario, revision)));
  }

  static Stream<Scenario> brokenChains() {
    return withScripts().filter(scenario -> scenario.fails().isPresent());
  }

  private static Stream<Scenario> withScripts() {
    return Scenario.all().stream()
        .filter(scenario -> Files.isDirectory(scenario.layers().getFirst().resolve("project")));
  }

  private static Optional<Path> project(Scenario scenario) {
    return scenario.file("project");
  }

  private static Stream<String> revisions(Scenario scenario) {
    return Stream.concat(
        scenario.upgrade().stream(), scenario.sibling().map(Scenario.Sibling::upgrade).stream());
  }

  private String createDatabase() {
    String database = server.createDatabase();
    databases.add(database);
    return database;
  }

  /** Other tests would take them for siblings of their own databases. */
  @AfterEach
  void dropDatabases() {
    databases.forEach(name -> server.execute("postgres", "DROP DATABASE " + name));
  }

  @ParameterizedTest
  @MethodSource("upgrades")
  void isWhatAlembicMakes(Upgrade upgrade) throws IOException, SQLException {
    Alembic alembic = Alembic.require();
    String real = createDatabase();
    new ScenarioBuilder(server).copyProject(upgrade.scenario(), directory);
    var run = alembic.run(directory, server.url(real), List.of("upgrade", upgrade.revision()));
    assertThat(run.exitCode()).as(run.output()).isZero();

    String ours = createDatabase();
    server.execute(ours, upgrade.scenario().schema(upgrade.revision()));

    String ledger = upgrade.scenario().ledger();
    assertThat(Listing.objects(server, ours, ledger))
        .isEqualTo(Listing.objects(server, real, ledger));
  }

  @ParameterizedTest
  @MethodSource("brokenChains")
  void brokenChainStopsAlembicWhereTheScenarioSays(Scenario scenario) throws IOException {
    Alembic alembic = Alembic.require();
    new ScenarioBuilder(server).copyProject(scenario, directory);

    var run = alembic.run(directory, server.url(createDatabase()), List.of("upgrade", "head"));

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.output()).contains(scenario.fails().orElseThrow());
  }
}
