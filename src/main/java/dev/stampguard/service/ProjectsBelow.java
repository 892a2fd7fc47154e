package dev.stampguard.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for projects in the directories below one that has none, as at the root of a repository of
 * several. Not far and not long: what is deeper has to be named.
 */
final class ProjectsBelow {
  private static final int DEPTH = 3;

  /** How many directories are looked into at most. */
  static final int LIMIT = 400;

  /** Directories of what is installed or built, which hold other people's projects or copies. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "node_modules", "target", "build", "dist", "out", "vendor", "venv", "env", "__pycache__");

  private final Predicate<Path> isProject;
  private final Function<Path, List<Path>> locations;

  /**
   * @param isProject whether a tool is configured in this very directory
   * @param locations where a project's scripts are, absolute
   */
  ProjectsBelow(Predicate<Path> isProject, Function<Path, List<Path>> locations) {
    this.isProject = isProject;
    this.locations = locations;
  }

  /**
   * What was seen.
   *
   * @param directories the projects, those nearer to the root first, then by name
   * @param whole whether everything was looked at
   */
  record Sight(List<Path> directories, boolean whole) {
    Sight {
      directories = List.copyOf(directories);
    }
  }

  /** Looks through one directory. */
  Sight in(Path root) {
    var found = new ArrayList<Path>();
    var scripts = new ArrayList<Path>();
    int left = LIMIT;
    List<Path> level = List.of(root);
    for (int depth = 1; depth <= DEPTH; depth++) {
      List<Path> next = level.stream().flatMap(ProjectsBelow::directoriesIn).toList();
      for (Path directory : next) {
        if (left-- == 0) {
          return new Sight(found, false);
        }
        if (!isWithin(directory, scripts) && isProject.test(directory)) {
          List<Path> own = locations.apply(directory);
          // A directory of scripts looks like a project from more than one place.
          if (own.isEmpty() || !own.stream().allMatch(place -> isWithin(place, scripts))) {
            found.add(directory);
            scripts.addAll(own);
          }
        }
      }
      level = next;
    }
    return new Sight(found, true);
  }

  /**
   * Looks for others than those that are known.
   *
   * @param scripts where the scripts of those are, absolute
   * @return all projects, the known ones among them; empty when there are no others
   */
  List<Path> beside(Path root, Set<Path> scripts) {
    List<Path> all = in(root).directories();
    List<Path> known = all.stream().filter(directory -> holds(directory, scripts)).toList();
    // What is inside of a project is its own business, such as what its tests need.
    List<Path> separate =
        all.stream()
            .filter(directory -> known.contains(directory) || !isWithin(directory, known))
            .toList();
    return separate.size() == known.size() ? List.of() : separate;
  }

  private boolean holds(Path directory, Set<Path> scripts) {
    return scripts.stream().anyMatch(place -> place.startsWith(directory))
        || locations.apply(directory).stream().anyMatch(scripts::contains);
  }

  private static boolean isWithin(Path place, List<Path> directories) {
    return directories.stream().anyMatch(place::startsWith);
  }

  private static Stream<Path> directoriesIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(ProjectsBelow::isOurs).sorted().toList().stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty(); // What nobody may read is nobody's project.
    }
  }

  /** A link would lead out of the repository, or to what is seen anyway. */
  private static boolean isOurs(Path entry) {
    String name = entry.getFileName().toString();
    return !name.startsWith(".")
        && !NOT_OURS.contains(name)
        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
  }
}
