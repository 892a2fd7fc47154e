package dev.stampguard.tool.django;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the packages are that the project's Python imports, in the order in which an interpreter is
 * looked for. Nothing is run for it: what a {@code .pth} file adds, for example, is not known.
 */
final class SitePackages {
  /** Where Debian puts what {@code apt-get} installs, whatever the version of Python. */
  private static final Path DEBIAN = Path.of("/usr/lib/python3/dist-packages");

  private static final String DJANGO = "django/__init__.py";

  private SitePackages() {}

  /**
   * The directories of the first environment that has Django, best first; none when none has.
   *
   * @param projects directories in which a virtual environment may be
   * @param environment {@code VIRTUAL_ENV}, {@code PATH} and {@code HOME} are read
   */
  static List<Path> of(List<Path> projects, Map<String, String> environment) {
    Stream<Path> environments =
        Stream.concat(
            said(environment, "VIRTUAL_ENV").stream(),
            projects.stream().flatMap(at -> Stream.of(".venv", "venv").map(at::resolve)));
    return Stream.concat(
            environments.map(SitePackages::below),
            Stream.of(environment).map(SitePackages::systems))
        .filter(places -> places.stream().anyMatch(at -> Files.isRegularFile(at.resolve(DJANGO))))
        .findFirst()
        .orElse(List.of());
  }

  private static Optional<Path> said(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }

  private static List<Path> systems(Map<String, String> environment) {
    var places = new ArrayList<Path>();
    said(environment, "HOME").ifPresent(home -> places.addAll(below(home.resolve(".local"))));
    for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path programs = Path.of(entry);
      if (programs.isAbsolute()
          && programs.getParent() != null
          && Files.isExecutable(programs.resolve("python3"))) {
        places.addAll(below(programs.resolveSibling("local")));
        places.addAll(below(programs.getParent()));
        break;
      }
    }
    places.add(DEBIAN);
    return places;
  }

  /** Newest Python first. */
  private static List<Path> below(Path prefix) {
    try (Stream<Path> libraries = Files.list(prefix.resolve("lib"))) {
      return libraries
          .filter(library -> library.getFileName().toString().startsWith("python3"))
          .sorted(Comparator.comparing(SitePackages::minor).reversed())
          .flatMap(
              library ->
                  Stream.of(library.resolve("site-packages"), library.resolve("dist-packages")))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static int minor(Path library) {
    String version = library.getFileName().toString().substring("python3".length());
    return version.matches("\\.\\d{1,4}") ? Integer.parseInt(version.substring(1)) : 0;
  }
}
