package dev.stampguard.scenarios;

import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds scenarios on one server: its databases there, its project in a directory. */
public final class ScenarioBuilder {
  private final PostgresServer server;

  public ScenarioBuilder(PostgresServer server) {
    this.server = server;
  }

  /**
   * Builds a scenario. Databases that have its names are replaced.
   *
   * @param directory where the project goes, an existing empty directory
   */
  public BuiltScenario build(Scenario scenario, Path directory) {
    createRole(scenario.role());
    try {
      createDatabase(scenario, scenario.database(), scenario.upgrade());
      damage(scenario);
      if (scenario.sibling().isPresent()) {
        var sibling = scenario.sibling().get();
        createDatabase(scenario, sibling.database(), Optional.of(sibling.upgrade()));
      }
      copyProject(scenario, directory);
    } catch (SQLException e) {
      throw new IllegalStateException(scenario + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var environment = new TreeMap<String, String>();
    scenario.environment().forEach((name, value) -> environment.put(name, withPort(value)));
    return new BuiltScenario(scenario, server, directory, Map.copyOf(environment));
  }

  /** Puts a scenario's project into a directory, its URLs pointing at this server. */
  void copyProject(Scenario scenario, Path directory) throws IOException {
    for (Path layer : scenario.layers().reversed()) {
      Path project = layer.resolve("project");
      if (Files.isDirectory(project)) {
        copy(project, directory);
      }
    }
    Path env = directory.resolve(".env");
    Files.writeString(env, withPort(Files.readString(env)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private String withPort(String text) {
    return text.replace("@localhost:5432/", "@localhost:" + server.port() + "/");
  }

  private void createRole(String role) {
    server.execute(
        "postgres",
        """
        DO $$
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
            CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
          END IF;
        END $$
        """
            .formatted(role));
  }

  private void createDatabase(Scenario scenario, String name, Optional<String> upgrade)
      throws SQLException {
    server.execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
    server.execute(
        "postgres",
        "CREATE DATABASE %s OWNER %s TEMPLATE template0".formatted(name, scenario.role()));
    if (upgrade.isPresent()) {
      try (Connection connection = asOwner(scenario, name);
          Statement statement = connection.createStatement()) {
        statement.execute(scenario.schema(upgrade.get()));
      }
    }
  }

  private void damage(Scenario scenario) throws SQLException {
    try (Connection connection = asOwner(scenario, scenario.database());
        Statement statement = connection.createStatement()) {
      for (Damage damage : scenario.damage()) {
        run(damage, statement);
      }
      if (!scenario.stamp().isEmpty()) {
        statement.execute("DELETE FROM " + scenario.ledger());
        for (String id : scenario.stamp()) {
          statement.execute("INSERT INTO %s VALUES ('%s')".formatted(scenario.ledger(), id));
        }
      }
    }
  }

  private static void run(Damage damage, Statement statement) throws SQLException {
    try {
      statement.execute(damage.sql());
    } catch (SQLException e) {
      if (damage.fails().filter(e.getSQLState()::equals).isPresent()) {
        return;
      }
      throw e;
    }
    if (damage.fails().isPresent()) {
      throw new IllegalStateException("this should have failed: " + damage.sql());
    }
  }

  private Connection asOwner(Scenario scenario, String database) throws SQLException {
    Connection connection = server.connect(database);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + scenario.role());
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
