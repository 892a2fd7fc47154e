package dev.stampguard.target;

import dev.stampguard.StampguardException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of several {@code .env} files on the way to a project's scripts is meant. */
public final class NearestEnvFile {
  private NearestEnvFile() {}

  /**
   * The nearest one that names a database.
   *
   * @param start where to begin, in the project
   * @param project the project's directory, absolute
   * @param root where to end, at or above the project
   * @param urlVariable the variable that holds the URL
   * @param environment of the process, for what the files refer to
   * @return relative to the project; empty when it is the one that is read anyway, or none names
   *     one
   */
  public static Optional<Path> find(
      Path start, Path project, Path root, String urlVariable, Map<String, String> environment) {
    Path usual = null;
    for (Path at = start; at != null && at.startsWith(root); at = at.getParent()) {
      Path file = at.resolve(ProjectEnvFile.DEFAULT_NAME);
      if (Files.isRegularFile(file)) {
        boolean isFirst = usual == null && project.startsWith(at);
        if (isFirst) {
          usual = file;
        }
        // Nobody has to read it twice when there is no other to choose.
        boolean isLast = at.equals(root);
        if (!(isFirst && isLast) && names(file, urlVariable, environment)) {
          return isFirst ? Optional.empty() : Optional.of(project.relativize(file));
        }
      }
    }
    return Optional.empty();
  }

  /** What is wrong with one is told where it is the one that is read. */
  private static boolean names(Path file, String urlVariable, Map<String, String> environment) {
    try {
      EnvFile read = EnvFile.read(file, ProjectEnvFile.DEFAULT_NAME, environment);
      return Stream.of(urlVariable, "PGSERVICE", "PGDATABASE", "PGHOST")
          .anyMatch(
              variable ->
                  read.lookup(variable)
                      .flatMap(EnvFile.Entry::value)
                      .filter(value -> !value.traced().text().isBlank())
                      .isPresent());
    } catch (StampguardException e) {
      return false;
    }
  }
}
