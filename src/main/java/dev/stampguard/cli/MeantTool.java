package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.Configuration;
import dev.stampguard.config.Setting;
import dev.stampguard.service.KnownTools;
import dev.stampguard.tool.ToolSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which tool the command line or a directory's configuration means, read before it is looked for.
 */
final class MeantTool {
  private final Map<String, String> environment;
  private final String option;
  private final Map<Path, Configuration> read = new HashMap<>();

  /**
   * @param option what {@code --tool} says, {@code null} when it is not there
   */
  MeantTool(Map<String, String> environment, String option) {
    this.environment = environment;
    this.option = option;
  }

  /** What a directory's file and the environment set; the file is read once. */
  Configuration configuration(Path directory) {
    return read.computeIfAbsent(directory, at -> Configuration.load(at, environment));
  }

  /**
   * What is said about the tool in a directory.
   *
   * @throws StampguardException (usage) when a tool is named that does not exist, or scripts that
   *     are not there
   */
  ToolSettings settings(Path directory) {
    Configuration configuration = configuration(directory);
    Optional<Setting> name =
        Optional.ofNullable(option)
            .map(value -> new Setting(value, "--tool"))
            .or(configuration::tool);
    return new ToolSettings(
        name.map(setting -> KnownTools.require(setting.value(), setting.where())),
        configuration.migrations().map(setting -> migrations(setting, directory)),
        configuration.replay().command());
  }

  private static Path migrations(Setting setting, Path directory) {
    try {
      Path path = directory.resolve(setting.value()).toAbsolutePath().normalize();
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Then nothing is there either.
    }
    throw new StampguardException(
        ExitCode.USAGE,
        "`%s` names `%s`, which does not exist".formatted(setting.where(), setting.value()),
        "name the directory of the migration scripts, relative to the project");
  }
}
