package dev.stampguard.tool.flyway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings of a Spring or Quarkus application, with those of the profiles that the environment
 * names: {@code application-PROFILE} files, and Quarkus's keys {@code %PROFILE.…}. A profile that
 * only a command line turns on is not known here.
 */
final class ApplicationFiles {
  /** Strongest first. */
  private static final List<String> FORMS = List.of(".properties", ".yml", ".yaml");

  /** The files without a profile. */
  static final List<String> NAMES =
      FORMS.stream().map(form -> SettingsFiles.RESOURCES + "application" + form).toList();

  private final Path directory;
  private final Map<String, String> environment;

  /** Key to values, weakest first, and where each key was read last. */
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private final Map<String, String> files = new TreeMap<>();

  private ApplicationFiles(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** What runs the application, with the names of its keys. */
  private enum Framework {
    SPRING("spring", "url"),
    QUARKUS("quarkus", "jdbc.url");

    private final String prefix;
    private final String url;

    Framework(String prefix, String url) {
      this.prefix = prefix;
      this.url = url;
    }

    /** The profiles that the process environment turns on, the strongest last. */
    private List<String> profiles(Map<String, String> environment) {
      String variable =
          switch (this) {
            case SPRING -> "SPRING_PROFILES_ACTIVE";
            case QUARKUS -> "QUARKUS_PROFILE";
          };
      return Arrays.stream(environment.getOrDefault(variable, "").split(","))
          .map(String::strip)
          // A name is no way to another directory.
          .filter(profile -> !profile.isEmpty() && profile.indexOf('/') < 0)
          .toList();
    }
  }

  /** Files that the environment's profiles add. */
  static List<String> ofProfiles(Map<String, String> environment) {
    return Stream.of(Framework.values())
        .flatMap(framework -> framework.profiles(environment).stream())
        .distinct()
        .flatMap(profile -> FORMS.stream().map(form -> file(profile, form)))
        .toList();
  }

  private static String file(String profile, String form) {
    return SettingsFiles.RESOURCES + "application-" + profile + form;
  }

  /**
   * Reads them.
   *
   * @return empty when none sets anything of Flyway's
   * @throws dev.stampguard.StampguardException (usage) when a file cannot be read
   */
  static Optional<FlywaySettings> in(Path directory, Map<String, String> environment) {
    var read = new ApplicationFiles(directory, environment);
    NAMES.reversed().forEach(name -> read.add(name, false));
    for (Framework framework : Framework.values()) {
      for (String profile : framework.profiles(environment)) {
        FORMS.reversed().forEach(form -> read.add(file(profile, form), true));
        if (framework == Framework.QUARKUS) {
          read.turnOn(profile);
        }
      }
    }
    return read.settings();
  }

  private void add(String name, boolean isOfProfile) {
    Path file = directory.resolve(name);
    if (Files.isRegularFile(file)) {
      SettingsFiles.application(file, name, isOfProfile)
          .forEach((key, value) -> put(key, value, name));
    }
  }

  private void put(String key, List<String> value, String file) {
    values.put(key, value);
    files.put(key, file);
  }

  /** Lets keys like {@code %prod.…} and {@code %{dev,prod}.…} hold. */
  private void turnOn(String profile) {
    for (String key : List.copyOf(values.keySet())) {
      int end = key.startsWith("%{") ? key.indexOf("}.") + 1 : key.indexOf('.');
      if (key.startsWith("%") && end > 0 && names(key.substring(1, end)).contains(profile)) {
        put(key.substring(end + 1), values.get(key), files.get(key));
      }
    }
  }

  private static List<String> names(String profiles) {
    String text = profiles.replace("{", "").replace("}", "");
    return Arrays.stream(text.split(",")).map(String::strip).toList();
  }

  /** A data source's settings are weaker than Flyway's own. */
  private Optional<FlywaySettings> settings() {
    var flyway = new LinkedHashMap<String, List<String>>();
    var where = new LinkedHashMap<String, String>();
    for (Framework framework : Framework.values()) {
      String own = framework.prefix + ".flyway.";
      List<String> keys = values.keySet().stream().filter(key -> key.startsWith(own)).toList();
      if (keys.isEmpty()) {
        continue;
      }
      String source = framework.prefix + ".datasource.";
      var names = new LinkedHashMap<String, String>();
      names.put(source + framework.url, "url");
      names.put(source + "username", "user");
      names.put(source + "password", "password");
      keys.forEach(key -> names.put(key, key.substring(own.length())));
      names.put(own + "username", "user");
      names.put(own + "jdbc-url", "url");
      names.forEach(
          (key, name) -> {
            if (values.containsKey(key)) {
              flyway.put(name, values.get(key));
              where.put(name, files.get(key));
            }
          });
    }
    return flyway.isEmpty()
        ? Optional.empty()
        : Optional.of(
            FlywaySettings.of(
                where.getOrDefault("locations", where.values().iterator().next()),
                flyway,
                where,
                environment,
                true));
  }
}
