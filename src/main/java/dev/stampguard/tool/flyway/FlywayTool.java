package dev.stampguard.tool.flyway;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ToolSupport.Checksums;
import dev.stampguard.tool.ToolSupport.Missing;
import dev.stampguard.tool.ToolSupport.Order;
import dev.stampguard.tool.ToolSupport.Reading;
import dev.stampguard.tool.ToolSupport.Replay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Flyway, found by {@code flyway.toml}, {@code flyway.conf}, {@code conf/flyway.conf}, the settings
 * of Spring or Quarkus, or scripts in {@code src/main/resources/db/migration}.
 */
public final class FlywayTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "flyway";

  private final Map<String, String> environment;

  /**
   * @param environment of the process, whose variables {@code FLYWAY_…} win over files
   */
  public FlywayTool(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`flyway.toml`, `flyway.conf` or `src/main/resources/db/migration`";
  }

  @Override
  public ToolSupport support() {
    return new ToolSupport(
        "flyway_schema_history",
        Order.LINE,
        Checksums.COMPARED,
        Reading.SCRIPTS,
        Replay.STATEMENTS,
        Missing.PROVEN);
  }

  @Override
  public List<String> settingsFiles() {
    return SettingsFiles.names(environment);
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return SettingsFiles.areIn(directory);
  }

  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    return SettingsFiles.in(project, environment)
        .or(() -> said.isNamed(this) ? Optional.of(unwritten()) : Optional.empty())
        .map(settings -> new Use(settings, locations(settings, project, said)))
        .filter(use -> use.settings().isWritten() || !use.locations().isEmpty())
        .map(use -> open(project, use, said));
  }

  /**
   * How a project uses it.
   *
   * @param locations where scripts are
   */
  private record Use(FlywaySettings settings, List<Location> locations) {}

  /** Where nothing but the command line or the environment configures Flyway. */
  private FlywaySettings unwritten() {
    return FlywaySettings.of("", Map.of(), environment, false);
  }

  private static List<Location> locations(
      FlywaySettings settings, Path project, ToolSettings said) {
    return said.migrations()
        .map(directory -> List.of(Location.at(directory)))
        .orElseGet(() -> Location.of(settings, project));
  }

  private static MigrationProject open(Path project, Use use, ToolSettings said) {
    FlywaySettings settings = use.settings();
    List<Location> locations = use.locations();
    if (locations.stream().noneMatch(Location::isThere)) {
      String named = locations.stream().map(Location::written).collect(Collectors.joining("`, `"));
      throw new StampguardException(
          ExitCode.USAGE,
          named.isEmpty()
              ? "`%s` does not say where the migration scripts are".formatted(settings.file())
              : "`%s` names the location `%s`, where nothing is".formatted(settings.file(), named),
          "set `locations` there, for example to `filesystem:sql`");
    }
    return new FlywayProject(project, settings, locations, said.replayCommand(), Optional.empty());
  }
}
