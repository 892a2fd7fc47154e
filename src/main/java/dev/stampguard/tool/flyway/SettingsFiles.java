package dev.stampguard.tool.flyway;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.FlatSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the file that says how a directory uses Flyway. */
final class SettingsFiles {
  /** Flyway's own, which its command line reads. */
  private static final List<String> OWN = List.of("flyway.toml", "flyway.conf", "conf/flyway.conf");

  /** What an application has with it. */
  static final String RESOURCES = "src/main/resources/";

  /** Where frameworks look when nothing else is said. */
  static final String CONVENTION = RESOURCES + "db/migration";

  private static final Pattern TO_BE_FILTERED = Pattern.compile("(:\\s+)(@[\\w.-]+@)");

  private SettingsFiles() {}

  /** All there may be. */
  static List<String> names(Map<String, String> environment) {
    return Stream.of(OWN, ApplicationFiles.NAMES, ApplicationFiles.ofProfiles(environment))
        .flatMap(List::stream)
        .toList();
  }

  /** Whether there is any, by looking at names only. */
  static boolean areIn(Path directory) {
    return OWN.stream().map(directory::resolve).anyMatch(Files::isRegularFile)
        || Files.isDirectory(directory.resolve(CONVENTION));
  }

  /**
   * Reads them.
   *
   * @return empty when Flyway is not used there
   * @throws StampguardException (usage) when a file cannot be read
   */
  static Optional<FlywaySettings> in(Path directory, Map<String, String> environment) {
    for (String name : OWN) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        return Optional.of(own(file, name, environment));
      }
    }
    if (!Files.isDirectory(directory.resolve(RESOURCES))) {
      return Optional.empty();
    }
    Optional<FlywaySettings> application = ApplicationFiles.in(directory, environment);
    if (application.isPresent()) {
      return application;
    }
    return holdsMigrations(directory.resolve(CONVENTION))
        ? Optional.of(FlywaySettings.of(CONVENTION, Map.of(), environment, true))
        : Optional.empty();
  }

  private static boolean holdsMigrations(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(
          file -> file.getFileName().toString().matches("(V\\d.*|R|B\\d.*)__.*\\.sql"));
    } catch (IOException e) {
      return false;
    }
  }

  private static FlywaySettings own(Path file, String name, Map<String, String> environment) {
    boolean isToml = name.endsWith(".toml");
    Map<String, List<String>> written = read(file, name, isToml ? Form.TOML : Form.PROPERTIES);
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (isToml) {
      String chosen =
          Optional.ofNullable(environment.get("FLYWAY_ENVIRONMENT"))
              .orElseGet(
                  () -> written.getOrDefault("flyway.environment", List.of("default")).getFirst());
      values.putAll(below(written, "environments." + chosen + "."));
    }
    values.putAll(below(written, "flyway."));
    return FlywaySettings.of(name, values, environment, false);
  }

  /**
   * An application's file, its lists in one piece.
   *
   * @param isWhole whether it is to be read also where it says nothing of Flyway
   */
  static Map<String, List<String>> application(Path file, String name, boolean isWhole) {
    Form yaml = isWhole ? Form.WHOLE_YAML : Form.YAML;
    return below(read(file, name, name.endsWith(".properties") ? Form.PROPERTIES : yaml), "");
  }

  private static Map<String, List<String>> below(Map<String, List<String>> values, String prefix) {
    var below = new LinkedHashMap<String, List<String>>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            // Spring's and YAML's lists may be written element by element.
            String name = key.substring(prefix.length()).replaceAll("\\[\\d+]$", "");
            below.merge(
                name, value, (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
          }
        });
    return below;
  }

  private enum Form {
    PROPERTIES,
    TOML,
    /** Read only where it says something of Flyway. */
    YAML,
    WHOLE_YAML
  }

  private static Map<String, List<String>> read(Path file, String name, Form form) {
    try {
      String text = Files.readString(file);
      return switch (form) {
        case PROPERTIES -> properties(text);
        case TOML -> FlatSettings.toml(text).values();
        case YAML ->
            text.contains("flyway") ? FlatSettings.yaml(filtered(text)).values() : Map.of();
        case WHOLE_YAML -> FlatSettings.yaml(filtered(text)).values();
      };
    } catch (CharacterCodingException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`" + name + "` is not UTF-8", "save it as UTF-8");
    } catch (FileSystemException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`" + name + "` cannot be read", "check its permissions");
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is not %s".formatted(name, form == Form.TOML ? "TOML" : "a settings file"),
          "correct its syntax");
    }
  }

  /**
   * Spring's builds replace such a value, which no YAML may begin with, before anybody reads it.
   */
  private static String filtered(String text) {
    return TO_BE_FILTERED.matcher(text).replaceAll("$1'$2'");
  }

  /**
   * A {@code .properties} or {@code .conf} file.
   *
   * @throws IOException when it has a broken escape
   */
  private static Map<String, List<String>> properties(String text) throws IOException {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
    var values = new LinkedHashMap<String, List<String>>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> values.put(key, List.of(properties.getProperty(key).strip())));
    return values;
  }
}
