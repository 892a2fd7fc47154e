package dev.stampguard.tool.django;

import dev.stampguard.tool.django.AppFinder.App;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The apps that are installed and are not the project's own, such as {@code django.contrib.auth}.
 *
 * @param apps those that have migrations
 * @param missing names of packages that were not found
 */
record OtherApps(List<App> apps, List<String> missing) {
  OtherApps {
    apps = List.copyOf(apps);
    missing = List.copyOf(missing);
  }

  /**
   * Looks for them; only known names are looked at.
   *
   * @param names what the settings install
   * @param root where the project's own packages are
   * @param own labels of the project's own apps
   * @param moved labels of apps whose migrations the settings put elsewhere
   * @param places where packages are installed
   */
  static OtherApps find(
      Collection<String> names, Path root, Set<String> own, Set<String> moved, List<Path> places) {
    var apps = new ArrayList<App>();
    var missing = new TreeSet<String>();
    Set<String> known = new TreeSet<>(own);
    for (String name : names) {
      String path = name.replace('.', '/');
      if (!name.matches("\\w+(\\.\\w+)*") || isPackage(root, path) || isOwn(name, own)) {
        continue;
      }
      Optional<Path> found =
          places.stream().flatMap(place -> directory(place, path).stream()).findFirst();
      if (found.isEmpty()) {
        missing.add(name);
        continue;
      }
      Path migrations = found.get().resolve("migrations");
      if (AppFinder.holdsMigrations(migrations)) {
        String label = AppFinder.label(found.get());
        if (moved.contains(label)) {
          missing.add(name);
        } else if (known.add(label)) {
          apps.add(new App(label, migrations, Optional.of(shown(migrations, places))));
        }
      }
    }
    return new OtherApps(apps, List.copyOf(missing));
  }

  private static String shown(Path migrations, List<Path> places) {
    return places.stream()
        .filter(migrations::startsWith)
        .map(place -> place.relativize(migrations).toString().replace('\\', '/'))
        .findFirst()
        .orElseThrow();
  }

  /** The project's own may be imported by a shorter name than their directory's. */
  private static boolean isOwn(String name, Set<String> own) {
    List<String> parts = List.of(name.split("\\."));
    int last = parts.size() - 1;
    return own.contains(parts.get(last))
        ? !name.startsWith("django.contrib.")
        : last >= 2 && parts.get(last - 1).equals("apps") && own.contains(parts.get(last - 2));
  }

  private static boolean isPackage(Path root, String path) {
    return directory(root, path).isPresent();
  }

  /** The package that a name means: it may be that of the class which configures it. */
  private static Optional<Path> directory(Path place, String path) {
    Path named = place.resolve(path);
    if (Files.isDirectory(named)) {
      return Optional.of(named);
    }
    Path module = named.getParent();
    if (module == null || module.equals(place)) {
      return Optional.empty();
    }
    if (Files.isDirectory(module)) {
      return Optional.of(module);
    }
    return Files.isRegularFile(module.resolveSibling(module.getFileName() + ".py"))
            && !module.getParent().equals(place)
        ? Optional.of(module.getParent())
        : Optional.empty();
  }
}
