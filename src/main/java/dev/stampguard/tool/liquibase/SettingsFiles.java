package dev.stampguard.tool.liquibase;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.FlatSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** Finds the file that says how a directory uses Liquibase. */
final class SettingsFiles {
  /** Liquibase's own. */
  static final String OWN = "liquibase.properties";

  static final String RESOURCES = "src/main/resources/";

  private static final List<String> APPLICATION =
      List.of(
          RESOURCES + "application.properties",
          RESOURCES + "application.yml",
          RESOURCES + "application.yaml");

  /** Where Spring and Quarkus look when nothing else is said. */
  private static final List<String> USUAL =
      List.of(
          "db/changelog/db.changelog-master.yaml",
          "db/changelog/db.changelog-master.yml",
          "db/changelog/db.changelog-master.xml",
          "db/changelog/db.changelog-master.json",
          "db/changelog/db.changelog-master.sql",
          "db/changeLog.xml",
          "db/changeLog.yaml",
          "db/changeLog.yml",
          "db/changeLog.json",
          "db/changeLog.sql");

  private static final Pattern TO_BE_FILTERED = Pattern.compile("(:\\s+)(@[\\w.-]+@)");

  private SettingsFiles() {}

  /** Every file that says something. */
  static List<String> all() {
    return List.of(OWN, APPLICATION.get(0), APPLICATION.get(1), APPLICATION.get(2));
  }

  /** Whether there is any, by looking at names only. */
  static boolean areIn(Path directory) {
    return Files.isRegularFile(directory.resolve(OWN)) || usual(directory).isPresent();
  }

  /** The changelog that frameworks look for. */
  static Optional<String> usual(Path directory) {
    return USUAL.stream()
        .filter(name -> Files.isRegularFile(directory.resolve(RESOURCES + name)))
        .findFirst();
  }

  /**
   * Reads them.
   *
   * @return empty when Liquibase is not used there
   * @throws StampguardException (usage) when a file cannot be read
   */
  static Optional<LiquibaseSettings> in(Path directory, Map<String, String> environment) {
    Path own = directory.resolve(OWN);
    if (Files.isRegularFile(own)) {
      return Optional.of(LiquibaseSettings.of(OWN, ownKeys(read(own, OWN)), environment));
    }
    for (String name : APPLICATION) {
      Path file = directory.resolve(name);
      Optional<LiquibaseSettings> found =
          Files.isRegularFile(file) ? application(file, name, environment) : Optional.empty();
      if (found.isPresent()) {
        return found.filter(settings -> !settings.isOff());
      }
    }
    return usual(directory)
        .map(name -> LiquibaseSettings.of(RESOURCES + name, Map.of(), environment));
  }

  private static Map<String, List<String>> ownKeys(Map<String, List<String>> written) {
    var keys = new LinkedHashMap<String, List<String>>();
    written.forEach(
        (key, value) ->
            keys.put(key.replaceFirst("^liquibase\\.", "").replaceFirst("^command\\.", ""), value));
    return keys;
  }

  private static Optional<LiquibaseSettings> application(
      Path file, String name, Map<String, String> environment) {
    Map<String, List<String>> written = read(file, name);
    var values = new LinkedHashMap<String, List<String>>();
    for (String framework : List.of("spring.liquibase.", "quarkus.liquibase.")) {
      var own = new LinkedHashMap<String, List<String>>();
      written.forEach(
          (key, value) -> {
            if (key.startsWith(framework)) {
              own.put(key.substring(framework.length()).replaceAll("\\[\\d+]$", ""), value);
            }
          });
      if (own.isEmpty()) {
        continue;
      }
      boolean isSpring = framework.startsWith("spring");
      String source = isSpring ? "spring.datasource." : "quarkus.datasource.";
      copy(written, source + (isSpring ? "url" : "jdbc.url"), values, "url");
      copy(written, source + "username", values, "username");
      copy(written, source + "password", values, "password");
      values.putAll(own);
      copy(own, "user", values, "username");
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(LiquibaseSettings.of(name, values, environment));
  }

  private static void copy(
      Map<String, List<String>> from, String key, Map<String, List<String>> to, String name) {
    Optional.ofNullable(from.get(key)).ifPresent(value -> to.put(name, value));
  }

  private static Map<String, List<String>> read(Path file, String name) {
    try {
      String text = Files.readString(file);
      if (!name.endsWith(".properties")) {
        return text.contains("liquibase")
            ? FlatSettings.yaml(TO_BE_FILTERED.matcher(text).replaceAll("$1'$2'")).values()
            : Map.of();
      }
      var properties = new Properties();
      properties.load(new StringReader(text));
      var values = new LinkedHashMap<String, List<String>>();
      properties.stringPropertyNames().stream()
          .sorted()
          .forEach(key -> values.put(key, List.of(properties.getProperty(key).strip())));
      return values;
    } catch (IOException | IllegalArgumentException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be read as a settings file".formatted(name),
          "correct its syntax, and save it as UTF-8");
    }
  }
}
