package dev.stampguard.tool.sqlfiles;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is in a project's directory, looked at once for all the tools that are looked for in it. For
 * one search by one thread: what changes meanwhile is not seen.
 */
final class ProjectLook {
  /** Where projects have their migrations when nothing says it. */
  private static final List<String> USUAL =
      List.of(
          "migrations",
          "db/migrations",
          "db/migration",
          "database/migrations",
          "sql/migrations",
          "schema/migrations",
          "internal/migrations",
          "internal/db/migrations",
          "internal/database/migrations",
          "db",
          "sql",
          "schema");

  /** A directory with more in it is looked at file by file: it may be anybody's. */
  private static final int MOST = 1_000;

  private final Map<Path, Optional<Set<String>>> names = new HashMap<>();
  private final Map<Path, List<Path>> usual = new HashMap<>();
  private final Map<Path, Optional<String>> texts = new HashMap<>();
  private final Map<Path, Optional<Path>> firstFiles = new HashMap<>();

  /** Whether something may be there, by what the project's own directory lists. */
  private boolean mayBeThere(Path project, Path path) {
    return !path.startsWith(project)
        || path.equals(project)
        || names
            .computeIfAbsent(project, ProjectLook::list)
            .map(listed -> listed.contains(project.relativize(path).getName(0).toString()))
            .orElse(true);
  }

  /** Empty when there are too many, or nobody may list them. */
  private static Optional<Set<String>> list(Path directory) {
    var listed = new HashSet<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (listed.size() == MOST) {
          return Optional.empty();
        }
        listed.add(ScriptFiles.name(entry));
      }
      return Optional.of(listed);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a regular file is there. */
  boolean isFile(Path project, Path file) {
    return mayBeThere(project, file) && Files.isRegularFile(file);
  }

  /** Whether a directory is there. */
  boolean isDirectory(Path project, Path directory) {
    return mayBeThere(project, directory) && Files.isDirectory(directory);
  }

  /** The text of a settings file; empty when it is not there or cannot be read. */
  Optional<String> text(Path project, Path file) {
    return mayBeThere(project, file)
        ? texts.computeIfAbsent(file, ScriptFiles::settings)
        : Optional.empty();
  }

  /** As {@link #text(Path, Path)}, of a file in the project's own directory. */
  Optional<String> text(Path project, String name) {
    return text(project, project.resolve(name));
  }

  /** The usual directories of migrations that are there. */
  List<Path> usual(Path project) {
    return usual.computeIfAbsent(
        project,
        root -> USUAL.stream().map(root::resolve).filter(path -> isDirectory(root, path)).toList());
  }

  /** By name the first file of SQL. */
  Optional<Path> firstSql(Path directory) {
    return firstFiles.computeIfAbsent(
        directory,
        at ->
            ScriptFiles.list(at).stream()
                .filter(file -> ScriptFiles.name(file).endsWith(".sql"))
                .filter(Files::isRegularFile)
                .findFirst());
  }

  /** Whether there is a file of SQL, or a directory that may hold one. */
  boolean holdsSql(Path directory) {
    return firstSql(directory).isPresent()
        || ScriptFiles.list(directory).stream().anyMatch(Files::isDirectory);
  }

  /** Whether the first file of SQL in it has a line that only one tool's files have. */
  boolean isMarked(Path directory, Pattern line) {
    return firstSql(directory)
        .flatMap(file -> texts.computeIfAbsent(file, ScriptFiles::settings))
        .filter(text -> line.matcher(text).find())
        .isPresent();
  }
}
