package dev.stampguard.scenarios;

import dev.stampguard.testing.Folders;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of {@code src/test/resources/command}, as data: a project of a tool whose migrations are
 * programs, which all make the same library, and how the tool itself is run.
 *
 * @param name the folder's name
 * @param properties what {@code tool.properties} says
 */
record ProgramTool(String name, Properties properties) {
  /** Where {@code .ci/npm-packages} installed what the projects of Node's need. */
  private static final Path PACKAGES = Path.of("target/npm/node_modules").toAbsolutePath();

  private static final String SCENARIOS = "scenarios";

  static List<ProgramTool> all() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(folder -> !folder.equals(SCENARIOS))
          .sorted()
          .map(ProgramTool::load)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ProgramTool load(String name) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(root().resolve(name + "/tool.properties"))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProgramTool(name, properties);
  }

  String value(String key) {
    return Objects.requireNonNull(properties.getProperty(key), key);
  }

  /** Makes the project in a directory. */
  void build(Path directory) {
    Folders.copy(root().resolve(name), directory);
    if (value("migrate").contains("node_modules")) {
      if (!Files.isDirectory(PACKAGES)) {
        throw new AssertionError("run `.ci/npm-packages target/npm` first");
      }
      try {
        Files.createSymbolicLink(directory.resolve("node_modules"), PACKAGES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Has the tool itself run every migration. */
  void migrate(PostgresServer server, String database, Path directory) {
    run("migrate", server, database, directory);
  }

  /** Requires that the tool itself finds nothing to do. */
  void requireDone(PostgresServer server, String database, Path directory) {
    String said = run("status", server, database, directory);
    for (String part : value("status.done").split("\\|")) {
      if (!said.contains(part)) {
        throw new AssertionError("`%s` says `%s`, not `%s`".formatted(name, said, part));
      }
    }
    String undone = properties.getProperty("status.undone");
    if (undone != null && said.contains(undone)) {
      throw new AssertionError("`%s` says `%s`".formatted(name, said));
    }
  }

  private String run(String command, PostgresServer server, String database, Path directory) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(properties.getProperty("environment", "LIBRARY_URL"), server.url(database));
    environment.put("NODE_NO_WARNINGS", "1");
    var builder =
        new ProcessBuilder(Arrays.asList(value(command).split(" ")))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError("`%s` failed: %s".formatted(value(command), said));
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether a way out is tried with this tool; each is where nothing is said. */
  boolean isTried(Damage damage, String strategy) {
    String tried = properties.getProperty("repairs");
    return tried == null
        || Arrays.asList(tried.split(" ")).contains(damage.name() + ":" + strategy);
  }

  /** What may happen to the library, whatever tool made it. */
  List<Damage> scenarios() {
    try (Stream<Path> files = Files.list(root().resolve(SCENARIOS))) {
      return files.sorted().map(this::damage).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Damage damage(Path file) {
    try {
      String text = Files.readString(file);
      for (String key : properties.stringPropertyNames()) {
        text = text.replace("${" + key + "}", value(key));
      }
      return new Damage(file.getFileName().toString().replace(".sql", ""), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What happened.
   *
   * @param name for people
   * @param sql breaks a healthy library, under comments that say what is to be found
   */
  record Damage(String name, String sql) {
    String expected() {
      return comment("expect");
    }

    /** Strategies that must end all that is wrong. */
    List<String> repairs() {
      return Arrays.stream(comment("repairs").split(" ")).filter(s -> !s.isEmpty()).toList();
    }

    private String comment(String key) {
      String start = "-- " + key + ": ";
      return sql.lines()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()))
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Path root() {
    try {
      return Path.of(
          Objects.requireNonNull(ProgramTool.class.getResource("/command"), "no tools").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
