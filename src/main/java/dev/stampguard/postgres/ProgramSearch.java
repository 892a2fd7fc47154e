package dev.stampguard.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where PostgreSQL's own programs may be on this machine. */
public final class ProgramSearch {
  /** Where packages put them: a directory and the names of its sub-directories to look into. */
  private static final List<Place> PLACES =
      List.of(
          new Place(Path.of("/usr/lib/postgresql"), "*"),
          new Place(Path.of("/usr"), "pgsql-*"),
          new Place(Path.of("/opt/homebrew/opt"), "{postgresql*,libpq}"),
          new Place(Path.of("/usr/local/opt"), "{postgresql*,libpq}"));

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private ProgramSearch() {}

  private record Place(Path parent, String children) {}

  /**
   * The directories to look into: those of the search path that hold the program, then those of
   * packages, newest first. A directory may hold links to some of the programs only, so the one
   * that a link leads to follows it.
   *
   * @param path the variable {@code PATH}
   * @param program the name of the program that links are followed of
   */
  public static List<Path> directories(String path, String program) {
    var candidates = new ArrayList<Path>();
    for (String entry : path.split(File.pathSeparator)) {
      if (entry.startsWith("/")) {
        candidates.addAll(behindLinks(Path.of(entry), program));
      }
    }
    PLACES.forEach(place -> candidates.addAll(newestFirst(place)));
    return candidates.stream().distinct().toList();
  }

  private static List<Path> behindLinks(Path entry, String name) {
    Path program = entry.resolve(name);
    if (!Files.isExecutable(program)) {
      return List.of();
    }
    try {
      return List.of(entry, program.toRealPath().getParent());
    } catch (IOException e) {
      return List.of(entry);
    }
  }

  private static List<Path> newestFirst(Place place) {
    var found = new ArrayList<Path>();
    if (Files.isDirectory(place.parent())) {
      try (DirectoryStream<Path> children =
          Files.newDirectoryStream(place.parent(), place.children())) {
        children.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    found.sort(Comparator.comparingInt(ProgramSearch::major).reversed());
    return found.stream().map(child -> child.resolve("bin")).toList();
  }

  private static int major(Path directory) {
    Matcher number = NUMBER.matcher(directory.getFileName().toString());
    return number.find() ? Integer.parseInt(number.group()) : 0;
  }
}
