package dev.stampguard.tool.alembic;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the directories that Alembic's settings name. Alembic takes a relative one from where it is
 * run and a {@code package:directory} from where Python finds the package; both are looked for
 * where a project is usually run from.
 */
final class Locations {
  private final AlembicSettings settings;
  private final Path project;

  Locations(AlembicSettings settings, Path project) {
    this.settings = settings;
    this.project = project;
  }

  /** The script directory; empty when none of the places it may mean is a directory. */
  Optional<Path> scripts() {
    return settings
        .scripts()
        .filter(Files::isDirectory)
        .or(() -> settings.option("script_location").flatMap(this::find));
  }

  /** The directories that hold revisions, those that are not there left out. */
  List<Path> versions(Path scripts) {
    List<String> configured = settings.versionLocations();
    if (configured.isEmpty() || settings.scripts().isPresent()) {
      return Optional.of(scripts.resolve("versions")).filter(Files::isDirectory).stream().toList();
    }
    return configured.stream().flatMap(location -> find(location).stream()).distinct().toList();
  }

  private Optional<Path> find(String location) {
    try {
      return candidates(location).stream()
          .map(Path::normalize)
          .filter(Files::isDirectory)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private List<Path> candidates(String location) {
    if (Path.of(location).isAbsolute()) {
      return List.of(Path.of(location));
    }
    var roots = new ArrayList<>(List.of(settings.directory(), project));
    String inside = location;
    int colon = location.indexOf(':');
    if (colon >= 0) {
      inside = location.substring(0, colon).replace('.', '/') + "/" + location.substring(colon + 1);
      for (String path : settings.sysPath()) {
        roots.add(settings.directory().resolve(path));
        roots.add(project.resolve(path));
      }
      roots.add(settings.directory().resolve("src"));
      roots.add(project.resolve("src"));
    }
    String relative = inside.replace(':', '/');
    return roots.stream().map(root -> root.resolve(relative)).toList();
  }
}
