package dev.stampguard.tool;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody said about the migration tool, on the command line or in the configuration, before
 * any is looked for.
 *
 * @param name the tool that is meant, as {@link MigrationTool#name()}; empty when every one counts
 *     that is found
 * @param migrations where its scripts are, instead of where its own settings say: absolute, and
 *     there; a directory, or a file for a tool that keeps its migrations in one
 * @param replayCommand the command line that runs the migrations of a tool which stampguard cannot
 *     run by itself, unparsed
 */
public record ToolSettings(
    Optional<String> name, Optional<Path> migrations, Optional<String> replayCommand) {
  /** Nobody said anything. */
  public static final ToolSettings NONE =
      new ToolSettings(Optional.empty(), Optional.empty(), Optional.empty());

  public ToolSettings {
    Objects.requireNonNull(name);
    Objects.requireNonNull(migrations);
    Objects.requireNonNull(replayCommand);
  }

  /**
   * Whether this tool is the one that is meant. Then less is enough for it to be found: what would
   * be a guess without its name, for example a directory {@code migrations}.
   */
  public boolean isNamed(MigrationTool tool) {
    return name.filter(tool.name()::equals).isPresent();
  }
}
