package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the project a run is about. */
public final class ProjectFinder {
  private static final List<String> MARKS =
      List.of("stampguard.lock", "stampguard.properties", ".env");

  private final List<MigrationTool> tools;
  private final Function<Path, ToolSettings> settings;

  /**
   * @param tools the migration tools to look for, first one wins
   * @param settings what is said about the tool in a directory, asked before it is looked for there
   */
  public ProjectFinder(List<MigrationTool> tools, Function<Path, ToolSettings> settings) {
    this.tools = List.copyOf(tools);
    this.settings = settings;
  }

  /**
   * A project directory and the migration tools it uses.
   *
   * @param directory absolute
   * @param tools in the order in which they are looked for; only the one that is meant, where the
   *     settings name it; none when none was found
   * @param all those, and with one that is meant the others that would have been found without it,
   *     in the same order
   * @param unread what is wrong with the settings of tools that come after a first, one sentence
   *     each: they must not keep that one from being looked at
   */
  public record Project(
      Path directory,
      List<MigrationProject> tools,
      List<MigrationProject> all,
      List<String> unread) {
    public Project {
      all = List.copyOf(all);
      tools = List.copyOf(tools);
      unread = List.copyOf(unread);
    }

    /** The tool that a run is about which can be about one only; empty when none was found. */
    public Optional<MigrationProject> tool() {
      return tools.stream().findFirst();
    }

    /** The same with other tools. */
    public Project with(List<MigrationProject> others) {
      return new Project(
          directory,
          others,
          all.stream()
              .map(
                  tool ->
                      others.stream()
                          .filter(other -> other.tool().equals(tool.tool()))
                          .findFirst()
                          .orElse(tool))
              .toList(),
          unread);
    }
  }

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
    return project(directory);
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
        Project project = project(at);
        if (marked || !project.tools().isEmpty()) {
          return project;
        }
      }
    }
    return new Project(start, List.of(), List.of(), List.of());
  }

  private boolean isConfiguredIn(Path directory) {
    return tools.stream().anyMatch(tool -> tool.isConfiguredIn(directory));
  }

  private Project project(Path directory) {
    ToolSettings said = settings.apply(directory);
    var found = new ArrayList<MigrationProject>();
    var all = new ArrayList<MigrationProject>();
    var unread = new ArrayList<String>();
    for (MigrationTool tool : tools) {
      if (said.name().isEmpty() || said.isNamed(tool)) {
        try {
          Optional<MigrationProject> project = tool.detect(directory, said);
          project.ifPresent(found::add);
          project.ifPresent(all::add);
        } catch (StampguardException e) {
          if (found.isEmpty()) {
            throw e;
          }
          unread.add("%s is left out: %s".formatted(tool.name(), e.getMessage()));
        }
      } else {
        beside(tool, directory).ifPresent(all::add);
      }
    }
    if (found.size() > 1 && said.migrations().isPresent()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the setting `migrations` is of one tool, and here are several: %s"
              .formatted(String.join(", ", found.stream().map(MigrationProject::tool).toList())),
          "name the one it is of with the setting `tool` or with `--tool`");
    }
    return new Project(directory, found, all, unread);
  }

  /** A tool that is not meant: what it has in the database is only not to be called extra. */
  private static Optional<MigrationProject> beside(MigrationTool tool, Path directory) {
    try {
      return tool.detect(directory);
    } catch (StampguardException e) {
      return Optional.empty();
    }
  }
}
