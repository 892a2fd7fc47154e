package dev.stampguard.tool.flyway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A location with {@code *}, {@code ?} or {@code **} in it, as Flyway reads them ({@code
 * org.flywaydb.core.api.Location}): {@code *} stands for at least one character of a name, {@code
 * ?} for exactly one, and {@code **} for any number of directories.
 *
 * @param root the part before the first wildcard, where the search begins
 * @param files which files below it are meant, by their path relative to it; the group {@code
 *     relpath} is what the schema history has of one
 */
record Wildcard(String root, Pattern files) {
  private static final String RELATIVE = "relpath";

  /** Flyway's pattern for what ends in {@code **} asks for two slashes in a row. */
  private static final Pattern NOTHING = Pattern.compile("(?<relpath>)(?!)");

  /** Reads a path without {@code filesystem:} or {@code classpath:}; empty where none is in it. */
  static Optional<Wildcard> of(String path) {
    if (!isWild(path)) {
      return Optional.empty();
    }
    List<String> parts = Arrays.asList(path.split("[/\\\\]"));
    int first = 0;
    while (!isWild(parts.get(first))) {
      first++;
    }
    var pattern = new StringBuilder();
    boolean isFile = false;
    for (String part : parts.subList(first, parts.size())) {
      isFile = part.contains(".") && !part.equals("**");
      pattern.append(part.equals("**") ? "(?:[^/]+/)*?" : name(part) + "/");
    }
    if (parts.getLast().equals("**")) {
      return Optional.of(new Wildcard(root(parts, first), NOTHING));
    }
    return Optional.of(
        new Wildcard(
            root(parts, first),
            Pattern.compile(
                isFile
                    ? "(?<relpath>" + pattern.substring(0, pattern.length() - 1) + ")"
                    : pattern + "(?<relpath>.*)")));
  }

  private static String root(List<String> parts, int end) {
    return String.join("/", parts.subList(0, end));
  }

  /** Whether the engine finds no file at all there. */
  boolean isVain() {
    return files == NOTHING;
  }

  private static boolean isWild(String path) {
    return path.indexOf('*') >= 0 || path.indexOf('?') >= 0;
  }

  private static String name(String part) {
    var literals = new ArrayList<String>();
    for (String character : part.split("")) {
      literals.add(
          switch (character) {
            case "*" -> "[^/]+?";
            case "?" -> "[^/]";
            default -> Pattern.quote(character);
          });
    }
    return literals.stream().collect(Collectors.joining());
  }

  /**
   * What the schema history has of a file.
   *
   * @param path relative to the root, with slashes
   * @return empty when the file is not meant
   */
  Optional<String> script(String path) {
    Matcher file = files.matcher(path);
    return file.matches() ? Optional.of(file.group(RELATIVE)) : Optional.empty();
  }
}
