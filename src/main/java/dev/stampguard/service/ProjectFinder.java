package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the project a run is about. */
public final class ProjectFinder {
  private static final List<String> MARKS =
      List.of("stampguard.lock", "stampguard.properties", ".env");

  private final List<MigrationTool> tools;

  /**
   * @param tools the migration tools to look for, first one wins
   */
  public ProjectFinder(List<MigrationTool> tools) {
    this.tools = List.copyOf(tools);
  }

  /**
   * A project directory and the migration tool it uses.
   *
   * @param directory absolute
   * @param tool empty when none was found
   */
  public record Project(Path directory, Optional<MigrationProject> tool) {}

  /**
   * The project in exactly this directory.
   *
   * @throws StampguardException (usage) when it is not a directory
   */
  public Project in(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`--project %s` is not a directory".formatted(directory),
          "name the directory that holds the migration tool's configuration");
    }
    return new Project(directory, tool(directory));
  }

  /**
   * The nearest project at or above a directory; without any the directory itself, for a URL may be
   * all that is needed.
   *
   * <p>A tool configured one directory down counts where the search starts and at the root of a
   * checkout; elsewhere on the way up it would find other people's projects.
   */
  public Project above(Path start) {
    for (Path at = start; at != null; at = at.getParent()) {
      boolean marked = MARKS.stream().map(at::resolve).anyMatch(Files::isRegularFile);
      if (marked || at.equals(start) || Files.exists(at.resolve(".git")) || isConfiguredIn(at)) {
        Optional<MigrationProject> tool = tool(at);
        if (marked || tool.isPresent()) {
          return new Project(at, tool);
        }
      }
    }
    return new Project(start, Optional.empty());
  }

  private boolean isConfiguredIn(Path directory) {
    return tools.stream().anyMatch(tool -> tool.isConfiguredIn(directory));
  }

  private Optional<MigrationProject> tool(Path directory) {
    return tools.stream().map(tool -> tool.detect(directory)).flatMap(Optional::stream).findFirst();
  }
}
