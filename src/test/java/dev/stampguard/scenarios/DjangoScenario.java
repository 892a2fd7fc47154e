package dev.stampguard.scenarios;

import dev.stampguard.testing.Folders;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A folder of {@code src/test/resources/django}, as data: Django itself migrates a database with
 * the project {@code library}, then {@code after/} is laid over its files, and {@code damage.sql}
 * breaks the database.
 *
 * @param name the folder's name
 * @param properties what {@code scenario.properties} says
 */
record DjangoScenario(String name, Properties properties) {
  private static final String COMMON = "library";

  /** Debian's, which {@code apt-get install python3-django} gives. */
  private static final String PYTHON = "/usr/bin/python3";

  static List<DjangoScenario> all() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals(COMMON))
          .sorted()
          .map(DjangoScenario::load)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DjangoScenario load(String name) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(root().resolve(name + "/scenario.properties"))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DjangoScenario(name, properties);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(properties.getProperty(key));
  }

  /** Strategies that must end all that is wrong. */
  List<String> repairs() {
    return words("repairs");
  }

  private List<String> words(String key) {
    return value(key).map(text -> Arrays.asList(text.split(" "))).orElse(List.of());
  }

  /** The project as it was when the database was migrated. */
  static void copyLibrary(Path directory) {
    Folders.copy(root().resolve(COMMON), directory);
  }

  /**
   * Builds a database and, in a directory, the project.
   *
   * @param migrated a database that has all migrations of {@code library}
   */
  void build(PostgresServer server, String migrated, String database, Path directory) {
    copyLibrary(directory);
    Folders.copy(root().resolve(name).resolve("before"), directory);
    if (value("target").isPresent()) {
      List<String> target =
          value("target").orElseThrow().equals("all") ? List.of() : words("target");
      manage(server, database, directory, "migrate", target.toArray(String[]::new));
    } else {
      server.execute("postgres", "DROP DATABASE " + database);
      server.execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(database, migrated));
    }
    Folders.copy(root().resolve(name).resolve("after"), directory);
    words("remove").forEach(file -> Folders.delete(directory.resolve(file)));
    statements().forEach(sql -> server.execute(database, sql));
  }

  private List<String> statements() {
    Path path = root().resolve(name).resolve("damage.sql");
    try {
      return Files.exists(path)
          ? Arrays.asList(Files.readString(path).split("\\n\\s*\\n"))
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code manage.py}, which must succeed; what it said. */
  static String manage(
      PostgresServer server, String database, Path directory, String command, String... words) {
    var line = new ArrayList<>(List.of(PYTHON, "-B", "manage.py", command));
    line.addAll(Arrays.asList(words));
    try {
      var builder =
          new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().put("PGHOST", "localhost");
      builder.environment().put("PGPORT", Integer.toString(server.port()));
      builder.environment().put("PGUSER", "postgres");
      builder.environment().put("PGPASSWORD", "postgres");
      builder.environment().put("PGDATABASE", database);
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("%s: %s".formatted(line, said));
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path root() {
    return Folders.resource("/django");
  }

  @Override
  public String toString() {
    return name;
  }
}
