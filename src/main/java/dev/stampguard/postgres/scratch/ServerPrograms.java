package dev.stampguard.postgres.scratch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's server programs, installed on this machine.
 *
 * @param directory holds {@code initdb}, {@code pg_ctl} and {@code postgres}
 */
public record ServerPrograms(Path directory) {
  private static final List<String> NEEDED = List.of("initdb", "pg_ctl", "postgres");

  /** Where packages put them: a directory and the names of its sub-directories to look into. */
  private static final List<Place> PLACES =
      List.of(
          new Place(Path.of("/usr/lib/postgresql"), "*"),
          new Place(Path.of("/usr"), "pgsql-*"),
          new Place(Path.of("/opt/homebrew/opt"), "postgresql*"));

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public ServerPrograms {
    Objects.requireNonNull(directory);
  }

  private record Place(Path parent, String children) {}

  /**
   * Looks for them on the search path, then where packages put them, newest first.
   *
   * @param path the variable {@code PATH}
   */
  public static Optional<ServerPrograms> find(String path) {
    var candidates = new ArrayList<Path>();
    for (String entry : path.split(File.pathSeparator)) {
      if (entry.startsWith("/")) {
        candidates.addAll(behindLinks(Path.of(entry)));
      }
    }
    PLACES.forEach(place -> candidates.addAll(newestFirst(place)));
    return candidates.stream()
        .filter(ServerPrograms::isComplete)
        .findFirst()
        .map(ServerPrograms::new);
  }

  /** A directory may hold links to some of the programs only; their own directory has them all. */
  private static List<Path> behindLinks(Path entry) {
    Path initdb = entry.resolve("initdb");
    if (!Files.isExecutable(initdb)) {
      return List.of();
    }
    try {
      return List.of(entry, initdb.toRealPath().getParent());
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
    found.sort(Comparator.comparingInt(ServerPrograms::major).reversed());
    return found.stream().map(child -> child.resolve("bin")).toList();
  }

  private static int major(Path directory) {
    Matcher number = NUMBER.matcher(directory.getFileName().toString());
    return number.find() ? Integer.parseInt(number.group()) : 0;
  }

  private static boolean isComplete(Path directory) {
    return NEEDED.stream().map(directory::resolve).allMatch(Files::isExecutable);
  }
}
