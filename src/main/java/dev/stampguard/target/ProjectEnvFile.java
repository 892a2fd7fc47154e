package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The environment file a run reads.
 *
 * @param path where it is
 * @param name how messages call it: relative to where the project was looked for, where it lies in
 *     there
 */
record ProjectEnvFile(Path path, String name) {
  static final String DEFAULT_NAME = ".env";

  /** Upwards from the project, as python-dotenv's {@code find_dotenv} looks for it. */
  private static Optional<ProjectEnvFile> nearest(Path project, Path base) {
    for (Path at = project; at != null; at = at.getParent()) {
      Path file = at.resolve(DEFAULT_NAME);
      // Some projects keep a virtual environment in a directory of this name.
      if (Files.isRegularFile(file)) {
        return Optional.of(new ProjectEnvFile(file, base.relativize(file).toString()));
      }
    }
    return Optional.empty();
  }

  /**
   * Finds the file a request means.
   *
   * @return empty when none is asked for and there is no {@code .env} in the project or above it
   * @throws StampguardException (usage) when the one that is asked for does not exist
   */
  static Optional<ProjectEnvFile> find(TargetRequest request) {
    Path project = request.project().toAbsolutePath().normalize();
    Path base = request.base().toAbsolutePath().normalize();
    if (request.envFile().isEmpty()) {
      return nearest(project, base);
    }
    Path asked = request.envFile().get();
    Path path = project.resolve(asked).normalize();
    Path shown = path.startsWith(base) ? base.relativize(path) : asked;
    if (!Files.exists(path) || Files.isDirectory(path)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the environment file `%s` does not exist".formatted(shown),
          "name an existing file with `--env-file`, or leave it out to read the project's `%s`"
              .formatted(DEFAULT_NAME));
    }
    return Optional.of(new ProjectEnvFile(path, shown.toString()));
  }
}
