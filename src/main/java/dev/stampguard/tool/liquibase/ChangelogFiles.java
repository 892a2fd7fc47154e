package dev.stampguard.tool.liquibase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files that changelogs name.
 *
 * @param roots where they are looked for, in order
 */
record ChangelogFiles(List<Path> roots) {
  private static final Set<String> ENDINGS = Set.of("xml", "yaml", "yml", "json", "sql");

  ChangelogFiles {
    roots = List.copyOf(roots);
  }

  /** What the name of a file ends with, in small letters. */
  static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * A file or a directory.
   *
   * @param name as {@link Place#named}
   * @param written as it stands in the changelog
   */
  Optional<Path> find(Place place, String name, String written, boolean isRelative) {
    if (isRelative) {
      return Optional.of(place.file().resolveSibling(written).normalize()).filter(Files::exists);
    }
    return roots.stream().map(root -> root.resolve(name)).filter(Files::exists).findFirst();
  }

  /**
   * The changelogs below a directory, in the order in which they are included.
   *
   * @param name how the ledger names the directory
   * @param all what asks for them
   * @throws IOException when it cannot be read
   */
  static Map<String, Path> below(Path directory, String name, Node all) throws IOException {
    int depth = all.value("maxDepth").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
    String start = name.endsWith("/") || name.isEmpty() ? name : name + "/";
    Optional<String> end = all.value("endsWithFilter");
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(directory, depth)) {
      found
          .filter(Files::isRegularFile)
          .filter(file -> ENDINGS.contains(ending(file)))
          .filter(file -> end.filter(wanted -> !file.toString().endsWith(wanted)).isEmpty())
          .forEach(
              file ->
                  files.put(
                      start + directory.relativize(file).toString().replace('\\', '/'), file));
    }
    return files;
  }
}
