package dev.stampguard.scenarios;

import dev.stampguard.testing.Folders;
import dev.stampguard.testing.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/**
 * A folder of {@code src/test/resources/liquibase}, as data: Liquibase itself updates a database
 * with a library's changelog, then {@code after/} is laid over the files, and {@code damage.sql}
 * breaks the database.
 *
 * @param name the folder's name
 * @param properties what {@code scenario.properties} says
 */
record LiquibaseScenario(String name, Properties properties) {
  private static final String PROPERTIES = "scenario.properties";

  /** What a library is to Liquibase. */
  enum Library {
    LIBRARY(".", "db/changelog.xml", "production", "databasechangelog"),
    WORDS("src/main/resources", "db/changelog/db.changelog-master.yaml", "", "word_changes");

    private final String root;
    private final String changelog;
    private final String context;
    private final String table;

    Library(String root, String changelog, String context, String table) {
      this.root = root;
      this.changelog = changelog;
      this.context = context;
      this.table = table;
    }

    private Path folder() {
      return root().resolve(name().toLowerCase(Locale.ROOT));
    }
  }

  static List<LiquibaseScenario> all() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(PROPERTIES)))
          .map(folder -> load(folder.getFileName().toString()))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LiquibaseScenario load(String name) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(root().resolve(name).resolve(PROPERTIES))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LiquibaseScenario(name, properties);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(properties.getProperty(key));
  }

  Library library() {
    return value("library").isPresent() ? Library.WORDS : Library.LIBRARY;
  }

  /** Strategies that must end all that is wrong. */
  List<String> repairs() {
    return value("repairs").map(text -> Arrays.asList(text.split(" "))).orElse(List.of());
  }

  /** Revisions without a trace of which somebody knows that they ran. */
  List<String> decisions() {
    return value("decisions").map(text -> Arrays.asList(text.split(" "))).orElse(List.of());
  }

  /** What a project of this library has. */
  static void copy(Library library, Path directory) {
    Folders.copy(library.folder(), directory);
  }

  /**
   * Builds a database and, in a directory, the project.
   *
   * @param migrated a database that has all changesets of the library
   */
  void build(PostgresServer server, String migrated, String database, Path directory) {
    copy(library(), directory);
    if (value("count").isPresent()) {
      int count = Integer.parseInt(value("count").get());
      with(
          server,
          database,
          directory,
          library(),
          liquibase ->
              liquibase.update(count, new Contexts(library().context), new LabelExpression()));
    } else {
      server.execute("postgres", "DROP DATABASE " + database);
      server.execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(database, migrated));
    }
    Folders.copy(root().resolve(name).resolve("after"), directory);
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

  /** Runs all changesets. */
  static void update(PostgresServer server, String database, Path directory, Library library) {
    with(
        server,
        database,
        directory,
        library,
        liquibase -> liquibase.update(new Contexts(library.context)));
  }

  /** Requires that Liquibase finds nothing wrong, and nothing to do. */
  void requireDone(PostgresServer server, String database, Path directory) {
    with(
        server,
        database,
        directory,
        library(),
        liquibase -> {
          liquibase.validate();
          var left =
              liquibase
                  .listUnrunChangeSets(new Contexts(library().context), new LabelExpression())
                  .stream()
                  .filter(set -> !set.isRunOnChange())
                  .toList();
          if (!left.isEmpty()) {
            throw new AssertionError("Liquibase would run " + left);
          }
          // Fills in checksums that are not there.
          liquibase.update(new Contexts(library().context));
        });
  }

  private interface Work {
    void on(Liquibase liquibase) throws Exception;
  }

  private static void with(
      PostgresServer server, String database, Path directory, Library library, Work work) {
    try (Connection connection = server.connect(database)) {
      Database target =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(connection));
      target.setDatabaseChangeLogTableName(library.table);
      var liquibase =
          new Liquibase(
              library.changelog,
              new DirectoryResourceAccessor(directory.resolve(library.root)),
              target);
      work.on(liquibase);
    } catch (AssertionError e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Liquibase's command line in a JVM of its own; the program's path. */
  static Path command(Path directory, Library library) {
    try {
      Path program = directory.resolve("liquibase.sh");
      Files.writeString(
          program,
          """
          #!/bin/sh
          cd '%s' && exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' \\
            liquibase.integration.commandline.LiquibaseCommandLine \\
            --database-changelog-table-name=%s --changelog-file=%s "$@"
          """
              .formatted(
                  directory.resolve(library.root),
                  System.getProperty("java.home") + "/bin/java",
                  System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path"))
                      .replace(File.pathSeparatorChar, ':'),
                  library.table,
                  library.changelog));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    return Folders.resource("/liquibase");
  }

  @Override
  public String toString() {
    return name;
  }
}
