package dev.stampguard.scenarios;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One folder of scenarios, as data.
 *
 * @param name the folder's name
 * @param description the state in one sentence
 * @param layers the folder and those it is like, nearest first
 * @param database the target's name
 * @param role the owner of the databases; its password is its name
 * @param upgrade the revision Alembic upgraded to; empty when nothing was ever run
 * @param stamp ids then written into the ledger by hand; empty when nobody did
 * @param ledger the ledger's table, as SQL names it
 * @param sibling a second database beside the target
 * @param environment variables of the run, port 5432 standing for the server's
 * @param fails what Alembic says when the scripts are run on an empty database; empty when they
 *     build one
 * @param locked the scenario whose scripts the project's lock file is of; empty when it is of the
 *     project's own
 * @param expected what stampguard must say, by what it knows
 */
public record Scenario(
    String name,
    String description,
    List<Path> layers,
    String database,
    String role,
    Optional<String> upgrade,
    List<String> stamp,
    String ledger,
    Optional<Sibling> sibling,
    Map<String, String> environment,
    Optional<String> fails,
    Optional<String> locked,
    Map<Knowledge, Expected> expected) {

  /** An undamaged database, upgraded to a revision. */
  public record Sibling(String database, String upgrade) {}

  /** Every scenario, by name. */
  public static List<Scenario> all() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> load(folder.getFileName().toString()))
          .sorted(Comparator.comparing(Scenario::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scenario of this name. */
  public static Scenario load(String name) {
    var layers = new ArrayList<Path>();
    var properties = new Properties();
    for (String next = name; next != null; ) {
      Path folder = root().resolve(next);
      layers.add(folder);
      Properties own = read(folder.resolve("scenario.properties"));
      own.forEach(properties::putIfAbsent);
      next = own.getProperty("like");
    }
    return of(name, layers, properties);
  }

  private static Scenario of(String name, List<Path> layers, Properties properties) {
    return new Scenario(
        name,
        required(properties, "description"),
        List.copyOf(layers),
        required(properties, "database"),
        required(properties, "role"),
        optional(properties, "upgrade"),
        Expected.list(properties.getProperty("stamp", ""), ","),
        optional(properties, "ledger").orElse("alembic_version"),
        optional(properties, "sibling")
            .map(database -> new Sibling(database, required(properties, "sibling.upgrade"))),
        environment(properties),
        optional(properties, "fails"),
        optional(properties, "locked"),
        Stream.of(Knowledge.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    knowledge -> knowledge, knowledge -> Expected.of(properties, knowledge))));
  }

  /** The nearest layer's file of this path below the folder. */
  public Optional<Path> file(String path) {
    return layers.stream().map(layer -> layer.resolve(path)).filter(Files::exists).findFirst();
  }

  /** What Alembic leaves in an empty database when it upgrades to a revision, as SQL. */
  public String schema(String revision) {
    Path file =
        file("schema/" + revision + ".sql")
            .orElseThrow(() -> new IllegalStateException(name + " has no schema of " + revision));
    return text(file);
  }

  /** What happened to the database afterwards, statement by statement. */
  public List<Damage> damage() {
    return file("damage.sql").map(file -> Damage.parse(text(file))).orElse(List.of());
  }

  @Override
  public String toString() {
    return name;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(
          Objects.requireNonNull(Scenario.class.getResource("/scenarios"), "no scenarios").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Properties read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      var properties = new Properties();
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String required(Properties properties, String key) {
    return Objects.requireNonNull(properties.getProperty(key), key);
  }

  private static Optional<String> optional(Properties properties, String key) {
    return Optional.of(properties.getProperty(key, "")).filter(value -> !value.isBlank());
  }

  private static Map<String, String> environment(Properties properties) {
    String prefix = "environment.";
    var variables = new TreeMap<String, String>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(prefix)) {
        variables.put(key.substring(prefix.length()), properties.getProperty(key));
      }
    }
    return Map.copyOf(variables);
  }
}
