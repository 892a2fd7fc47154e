package dev.stampguard.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final long SECONDS_FOR_VERSION = 10;
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

  /**
   * The major version a program says it has; empty when it does not run, or says something else.
   */
  public static Optional<Integer> major(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
        String said = reader.readLine();
        Matcher version = VERSION.matcher(said == null ? "" : said);
        return version.find() ? Optional.of(Integer.parseInt(version.group(1))) : Optional.empty();
      } finally {
        if (!process.waitFor(SECONDS_FOR_VERSION, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
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
    found.sort(Comparator.comparingInt(ProgramSearch::numberOf).reversed());
    return found.stream().map(child -> child.resolve("bin")).toList();
  }

  private static int numberOf(Path directory) {
    Matcher number = NUMBER.matcher(directory.getFileName().toString());
    return number.find() ? Integer.parseInt(number.group()) : 0;
  }
}
