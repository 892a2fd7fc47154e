package dev.stampguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
    for (Path root = real; root != null; root = root.getParent()) {
      if (Files.exists(root.resolve(".git"))) {
        return below(root, real);
      }
    }
    return "";
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
