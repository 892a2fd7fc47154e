package dev.stampguard.tool.sequelize;

import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.command.NodePrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sequelize, found by {@code .sequelizerc}, or its configuration beside {@code package.json}. */
public final class SequelizeTool implements MigrationTool {
  /** The tool's name. */
  public static final String NAME = "sequelize";

  static final String OPTIONS = ".sequelizerc";

  /** What is looked for where no options name another one, first one wins. */
  static final List<String> CONFIGURATIONS = List.of("config/config.js", "config/config.json");

  private final Map<String, String> environment;

  /**
   * @param environment of the process, whose {@code NODE_ENV} chooses among configurations
   */
  public SequelizeTool(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String mark() {
    return "`.sequelizerc`";
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(OPTIONS, CONFIGURATIONS.get(0), CONFIGURATIONS.get(1));
  }

  @Override
  public ToolSupport support() {
    return ToolSupport.ofPrograms("SequelizeMeta");
  }

  @Override
  public boolean isConfiguredIn(Path directory) {
    return Files.isRegularFile(directory.resolve(OPTIONS))
        || (CONFIGURATIONS.stream().map(directory::resolve).anyMatch(Files::isRegularFile)
            && NodePrograms.isUsed(directory, NAME));
  }

  @Override
  public Optional<MigrationProject> detect(Path project, ToolSettings said) {
    if (!isConfiguredIn(project) && !said.isNamed(this)) {
      return Optional.empty();
    }
    var settings = SequelizeSettings.read(project, environment);
    return isConfiguredIn(project) || Files.isDirectory(settings.directory(said))
        ? Optional.of(settings.open(said))
        : Optional.empty();
  }
}
