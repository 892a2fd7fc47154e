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
 * @param programs where migrations of the same place that are classes may be, by language
 * @param wildcard which of the files below are meant; empty when all are
 */
record Location(String written, Path directory, List<Path> programs, Optional<Wildcard> wildcard) {
  private static final String FILES = "filesystem:";
  private static final String CLASSES = "classpath:";

  private static final String RESOURCES = "src/main/resources/";

  /** In which classes are written that Flyway runs. */
  private static final List<String> LANGUAGES = List.of("java", "kotlin");

  /** Where Flyway's command line and its documentation put scripts. */
  private static final List<String> USUAL =
      List.of("sql", "migrations", "db/migration", "src/main/resources/db/migration");

  /** The one place that somebody named. */
  static Location at(Path directory) {
    return new Location(directory.toString(), directory, programs(directory), Optional.empty());
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
        .map(directory -> List.of(at(directory)))
        .orElse(List.of());
  }

  /** Whether it is a place in which Flyway finds something, when something is there. */
  boolean isThere() {
    return Files.isDirectory(directory) && wildcard.filter(Wildcard::isVain).isEmpty();
  }

  /** Buckets and the like are nothing in a checkout. */
  private static Optional<Location> of(String written, Path project) {
    String vendor = written.replace("{vendor}", "postgresql");
    if (vendor.startsWith(FILES)) {
      String path = vendor.substring(FILES.length());
      Optional<Wildcard> wildcard = Wildcard.of(path);
      Path directory = project.resolve(wildcard.map(Wildcard::root).orElse(path)).normalize();
      return Optional.of(new Location(written, directory, List.of(), wildcard));
    }
    String path = vendor.startsWith(CLASSES) ? vendor.substring(CLASSES.length()) : vendor;
    if (path.matches("[a-z0-9]+:.*")) {
      return Optional.empty();
    }
    String relative = path.startsWith("/") ? path.substring(1) : path;
    Optional<Wildcard> wildcard = Wildcard.of(relative);
    Path directory =
        project
            .resolve("src/main/resources")
            .resolve(wildcard.map(Wildcard::root).orElse(relative))
            .normalize();
    return Optional.of(new Location(written, directory, programs(directory), wildcard));
  }

  /** Beside what a build copies as it is lies what it compiles. */
  private static List<Path> programs(Path directory) {
    String path = directory.toString().replace('\\', '/');
    int at = (path + "/").lastIndexOf(RESOURCES);
    if (at < 0) {
      return List.of();
    }
    String below = (path + "/").substring(at + RESOURCES.length());
    return LANGUAGES.stream()
        .map(language -> Path.of(path.substring(0, at) + "src/main/" + language + "/" + below))
        .toList();
  }
}
