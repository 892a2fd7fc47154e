package dev.stampguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a project lies in the repository that a pipeline checked out. */
final class Repository {
  private Repository() {}

  /**
   * The project, relative to the root of its repository, with forward slashes: the root is what
   * GitHub says was checked out, else the nearest parent that git knows, else the project itself.
   */
  static String pathOf(Path project, Map<String, String> environment) {
    Path real = real(project);
    String workspace = environment.getOrDefault("GITHUB_WORKSPACE", "");
    if (!workspace.isEmpty() && real.startsWith(real(Path.of(workspace)))) {
      return below(real(Path.of(workspace)), real);
    }
    return top(real).map(root -> below(root, real)).orElse("");
  }

  /** The nearest directory at or above this one that git knows as the root of a checkout. */
  static Optional<Path> top(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static String below(Path root, Path project) {
    return root.relativize(project).toString().replace('\\', '/');
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
