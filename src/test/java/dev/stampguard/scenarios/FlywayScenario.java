package dev.stampguard.scenarios;

import dev.stampguard.testing.Folders;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A folder of {@code src/test/resources/flyway}, as data: Flyway's own engine migrates a database
 * with the scripts of {@code library} and the folder's, then {@code after/} is laid over the
 * scripts, and {@code damage.sql} breaks the database.
 *
 * @param name the folder's name
 * @param properties what {@code scenario.properties} says
 */
record FlywayScenario(String name, Properties properties) {
  private static final String COMMON = "library";

  static List<FlywayScenario> all() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> load(folder.getFileName().toString()))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FlywayScenario load(String name) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(root().resolve(name + "/scenario.properties"))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FlywayScenario(name, properties);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(properties.getProperty(key));
  }

  /** Strategies that must end all that is wrong. */
  List<String> repairs() {
    return value("repairs").map(text -> Arrays.asList(text.split(" "))).orElse(List.of());
  }

  /** Builds the database and, in a directory, the project. */
  void build(PostgresServer server, String database, Path directory) {
    Folders.copy(root().resolve(COMMON), directory);
    Folders.copy(root().resolve(name), directory);
    if (Files.exists(directory.resolve("flyway.toml"))) {
      Folders.delete(directory.resolve("flyway.conf"));
    }
    value("schema").ifPresent(schema -> server.execute(database, "CREATE SCHEMA " + schema));
    statements("before.sql").forEach(sql -> server.execute(database, sql));
    FluentConfiguration engine = engine(server, database, directory);
    value("baseline").ifPresent(version -> engine.baselineVersion(version).load().baseline());
    String target = value("target").orElse("latest");
    if (!target.equals("none")) {
      engine.target(target).load().migrate();
    }
    Folders.copy(root().resolve(name).resolve("after"), directory);
    value("remove").ifPresent(file -> Folders.delete(directory.resolve(file)));
    statements("damage.sql").forEach(sql -> server.execute(database, sql));
  }

  /** Flyway itself, set up as the project says. */
  FluentConfiguration engine(PostgresServer server, String database, Path directory) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(database);
    source.setUser("postgres");
    source.setPassword("postgres");
    FluentConfiguration engine =
        Flyway.configure()
            // With the lock in a transaction an index could not be built concurrently.
            .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
            .dataSource(source)
            .locations("filesystem:" + directory.resolve("sql"))
            .placeholders(Map.of("owner", "library"));
    value("schema").ifPresent(engine::defaultSchema);
    value("table").ifPresent(engine::table);
    return engine;
  }

  /** Requires that Flyway finds nothing wrong, and nothing to do. */
  void requireDone(PostgresServer server, String database, Path directory) {
    Flyway engine = engine(server, database, directory).load();
    engine.validate();
    var result = engine.migrate();
    if (result.migrationsExecuted != 0) {
      throw new AssertionError("Flyway ran " + result.migrations);
    }
  }

  private List<String> statements(String file) {
    Path path = root().resolve(name).resolve(file);
    try {
      return Files.exists(path)
          ? Arrays.stream(Files.readString(path).split("\\n\\s*\\n"))
              .filter(sql -> !sql.isBlank())
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    return Folders.resource("/flyway");
  }

  @Override
  public String toString() {
    return name;
  }
}
