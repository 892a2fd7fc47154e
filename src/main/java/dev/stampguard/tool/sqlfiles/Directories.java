package dev.stampguard.tool.sqlfiles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where projects have their migrations when nothing says it. */
final class Directories {
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

  private Directories() {}

  /** The usual ones that are there. */
  static Stream<Path> usual(Path project) {
    return USUAL.stream().map(project::resolve).filter(Files::isDirectory);
  }

  /** By name the first file of SQL. */
  static Optional<Path> firstSql(Path directory) {
    return ScriptFiles.list(directory).stream()
        .filter(file -> ScriptFiles.name(file).endsWith(".sql"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Whether there is a file of SQL, or a directory that may hold one. */
  static boolean holdsSql(Path directory) {
    return firstSql(directory).isPresent()
        || ScriptFiles.list(directory).stream().anyMatch(Files::isDirectory);
  }

  /** Whether the first file of SQL in it has a line that only one tool's files have. */
  static boolean isMarked(Path directory, Pattern line) {
    return firstSql(directory)
        .flatMap(ScriptFiles::settings)
        .filter(text -> line.matcher(text).find())
        .isPresent();
  }
}
