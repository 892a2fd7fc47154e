package dev.stampguard.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One migration tool stampguard understands. Adding a tool is adding a sub-package with one. */
public interface MigrationTool {
  /** The tool's name in output, settings and JSON, for example {@code alembic}. */
  String name();

  /**
   * What a project has that uses the tool, for the message that nothing of it is there: a few words
   * with names of files in backticks, for example {@code `alembic.ini`}.
   */
  String mark();

  /** What stampguard does for the tool's projects. */
  ToolSupport support();

  /**
   * The files that say how a project uses the tool, relative to the project, besides the scripts: a
   * change of one is a change of the migrations.
   */
  default List<String> settingsFiles() {
    return List.of();
  }

  /**
   * Whether this very directory holds the tool's configuration. Cheap: looks at one or two files,
   * and misses what {@link #detect} finds further down.
   */
  boolean isConfiguredIn(Path directory);

  /**
   * Looks for this tool's configuration in a project directory. Where {@link
   * ToolSettings#isNamed(MigrationTool) it is the one that is meant}, its usual directory is
   * enough; where the settings say where the scripts are, they are looked for nowhere else.
   *
   * @param project an existing directory
   * @param settings what was said about the tool; of another tool's it is never asked
   * @return the project as this tool sees it, or empty when the tool is not used here
   * @throws dev.stampguard.StampguardException (usage) when the configuration is there but cannot
   *     be understood
   */
  Optional<MigrationProject> detect(Path project, ToolSettings settings);

  /** As {@link #detect(Path, ToolSettings)}, where nobody said anything about the tool. */
  default Optional<MigrationProject> detect(Path project) {
    return detect(project, ToolSettings.NONE);
  }
}
