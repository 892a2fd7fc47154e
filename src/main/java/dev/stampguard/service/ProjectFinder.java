package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the project a run is about. */
public final class ProjectFinder {
  private static final String SETTINGS = "stampguard.properties";
  private static final String LOCK = "stampguard.lock";
  private static final List<String> MARKS = List.of(LOCK, SETTINGS, ".env");

  /** With one of these a directory has been a project before, whatever is further down. */
  private static final List<String> KEPT = List.of(LOCK, SETTINGS, ".stampguard");

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
   * @param root where it was looked for, when it was found further down; empty when it is there
   * @param below the projects further down of which none was chosen
   */
  public record Project(
      Path directory,
      List<MigrationProject> tools,
      List<MigrationProject> all,
      List<String> unread,
      Optional<Path> root,
      List<Path> below) {
    public Project {
      all = List.copyOf(all);
      tools = List.copyOf(tools);
      unread = List.copyOf(unread);
      Objects.requireNonNull(root);
      below = List.copyOf(below);
    }

    private Project(Path directory) {
      this(directory, List.of(), List.of(), List.of(), Optional.empty(), List.of());
    }

    /** Whose {@code stampguard.properties} counts. */
    public Path configuredIn() {
      return ProjectFinder.configuredIn(directory, root);
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
          unread,
          root,
          below);
    }
  }

  /**
   * The project in this directory, or else the only one below it.
   *
   * @throws StampguardException (usage) when it is not a directory
   */
  public Project in(Path directory) {
    Project there = at(directory);
    return there.tools().isEmpty() ? below(there, List.of(directory)) : alone(there);
  }

  /**
   * The project in exactly this directory.
   *
   * @throws StampguardException (usage) when it is not a directory
   */
  public Project at(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`--project %s` is not a directory".formatted(directory),
          "name the directory that holds the migration tool's configuration");
    }
    return project(directory);
  }

  /**
   * The nearest project at or above a directory, or else the only one below it; without any the
   * directory itself, for a URL may be all that is needed.
   *
   * <p>A tool configured one directory down counts where the search starts and at the root of a
   * checkout; elsewhere on the way up it would find other people's projects. For the same reason
   * only those two are looked through where there is none on the way.
   */
  public Project above(Path start) {
    var roots = new LinkedHashSet<>(List.of(start));
    for (Path at = start; at != null; at = at.getParent()) {
      boolean marked = MARKS.stream().map(at::resolve).anyMatch(Files::isRegularFile);
      boolean top = Files.exists(at.resolve(".git"));
      if (top) {
        roots.add(at);
      }
      if (marked || at.equals(start) || top || isConfiguredIn(at)) {
        Project project = project(at);
        if (!project.tools().isEmpty()) {
          return alone(project);
        }
        if (marked) {
          return below(project, roots);
        }
      }
    }
    return below(new Project(start), roots);
  }

  /**
   * A project as it is, or none where its tools are configured one directory down and others are
   * below as well: then it is not the only one, and nobody said that it is meant.
   */
  private Project alone(Project project) {
    Path root = project.directory();
    ToolSettings said = settings.apply(root);
    boolean isSettled =
        said.migrations().isPresent()
            || KEPT.stream().map(root::resolve).anyMatch(Files::exists)
            || tools.stream()
                .filter(
                    tool -> project.tools().stream().anyMatch(p -> p.tool().equals(tool.name())))
                .anyMatch(tool -> isWrittenIn(root, tool));
    if (isSettled) {
      return project;
    }
    Set<Path> scripts =
        project.tools().stream()
            .map(tool -> root.resolve(tool.location()).normalize())
            .collect(Collectors.toUnmodifiableSet());
    List<Path> separate =
        new ProjectsBelow(directory -> isMeantIn(directory, said), this::locations)
            .beside(root, scripts);
    return separate.isEmpty()
        ? project
        : new Project(root, List.of(), List.of(), List.of(), Optional.of(root), separate);
  }

  /**
   * What is further down where there is nothing.
   *
   * @param nothing the project without a tool that it is otherwise
   * @param roots where to look, nearest first
   */
  private Project below(Project nothing, Collection<Path> roots) {
    for (Path root : roots) {
      ToolSettings said = settings.apply(root);
      if (said.migrations().isPresent()) {
        continue; // Somebody said where they are, and they are not there.
      }
      Predicate<Path> isProject = directory -> isMeantIn(directory, said);
      ProjectsBelow.Sight sight = new ProjectsBelow(isProject, this::locations).in(root);
      if (sight.whole() && sight.directories().size() == 1) {
        return project(sight.directories().getFirst(), Optional.of(root));
      }
      if (!sight.directories().isEmpty()) {
        return new Project(
            nothing.directory(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(root),
            sight.directories());
      }
    }
    return nothing;
  }

  private boolean isMeantIn(Path directory, ToolSettings said) {
    return tools.stream()
        .filter(tool -> said.name().isEmpty() || said.isNamed(tool))
        .anyMatch(tool -> isWrittenIn(directory, tool));
  }

  /** Settings that cannot be read are settings: what is wrong with them is told later. */
  private static boolean isWrittenIn(Path directory, MigrationTool tool) {
    try {
      return tool.isConfiguredIn(directory);
    } catch (StampguardException e) {
      return true;
    }
  }

  /** Where the scripts of a directory's tools are, absolute. */
  private List<Path> locations(Path directory) {
    return tools.stream()
        .filter(tool -> isWrittenIn(directory, tool))
        .flatMap(tool -> beside(tool, directory).stream())
        .map(found -> directory.resolve(found.location()).normalize())
        .toList();
  }

  private boolean isConfiguredIn(Path directory) {
    return tools.stream().anyMatch(tool -> tool.isConfiguredIn(directory));
  }

  private static Path configuredIn(Path directory, Optional<Path> root) {
    return root.filter(above -> !Files.isRegularFile(directory.resolve(SETTINGS)))
        .orElse(directory);
  }

  private Project project(Path directory) {
    return project(directory, Optional.empty());
  }

  private Project project(Path directory, Optional<Path> root) {
    ToolSettings said = settings.apply(configuredIn(directory, root));
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
    return new Project(directory, found, all, unread, root, List.of());
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
