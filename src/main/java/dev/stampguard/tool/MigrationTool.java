package dev.stampguard.tool;

import java.nio.file.Path;
import java.util.Optional;

/** One migration tool stampguard understands. Adding a tool is adding a sub-package with one. */
public interface MigrationTool {
  /** The tool's name in output and JSON, for example {@code alembic}. */
  String name();

  /**
   * Whether this very directory holds the tool's configuration. Cheap: looks at one or two files,
   * and misses what {@link #detect} finds further down.
   */
  boolean isConfiguredIn(Path directory);

  /**
   * Looks for this tool's configuration in a project directory.
   *
   * @param project an existing directory
   * @return the project as this tool sees it, or empty when the tool is not used here
   * @throws dev.stampguard.StampguardException (usage) when the configuration is there but cannot
   *     be understood
   */
  Optional<MigrationProject> detect(Path project);
}
