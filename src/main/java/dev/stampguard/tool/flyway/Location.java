package dev.stampguard.tool.flyway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place of scripts.
 *
 * @param written as the settings have it
 * @param directory where it is in a checkout
 * @param java where Java migrations of the same place are; empty when it can hold none
 */
record Location(String written, Path directory, Optional<Path> java) {
  private static final String FILES = "filesystem:";
  private static final String CLASSES = "classpath:";

  /** Where Flyway's command line and its documentation put scripts. */
  private static final List<String> USUAL =
      List.of("sql", "migrations", "db/migration", "src/main/resources/db/migration");

  /** The one place that somebody named. */
  static Location at(Path directory) {
    return new Location(directory.toString(), directory, java(directory));
  }

  /** The places the settings name, else the usual one that is there. */
  static List<Location> of(FlywaySettings settings, Path project) {
    var locations = new ArrayList<Location>();
    for (String written : settings.locations()) {
      of(written, project).ifPresent(locations::add);
    }
    if (!settings.locations().isEmpty()) {
      return locations;
    }
    return Stream.concat(
            settings.isFramework() ? Stream.of(SettingsFiles.CONVENTION) : Stream.empty(),
            USUAL.stream())
        .map(project::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .map(directory -> List.of(new Location(directory.toString(), directory, java(directory))))
        .orElse(List.of());
  }

  /** Buckets and the like are nothing in a checkout. */
  private static Optional<Location> of(String written, Path project) {
    String vendor = written.replace("{vendor}", "postgresql");
    if (vendor.startsWith(FILES)) {
      Path directory = project.resolve(vendor.substring(FILES.length())).normalize();
      return Optional.of(new Location(written, directory, Optional.empty()));
    }
    String path = vendor.startsWith(CLASSES) ? vendor.substring(CLASSES.length()) : vendor;
    if (path.matches("[a-z0-9]+:.*")) {
      return Optional.empty();
    }
    String relative = path.startsWith("/") ? path.substring(1) : path;
    Path directory = project.resolve("src/main/resources").resolve(relative).normalize();
    return Optional.of(new Location(written, directory, java(directory)));
  }

  private static Optional<Path> java(Path directory) {
    String path = directory.toString().replace('\\', '/');
    int at = path.lastIndexOf("src/main/resources/");
    return at < 0
        ? Optional.empty()
        : Optional.of(
            Path.of(
                path.substring(0, at)
                    + "src/main/java/"
                    + path.substring(at + "src/main/resources/".length())));
  }
}
