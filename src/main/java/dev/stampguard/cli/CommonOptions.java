package dev.stampguard.cli;

import dev.stampguard.config.ColorMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Options every command takes. Values left null fall back to the configuration, then the default.
 */
class CommonOptions {
  /** The command that has these options; {@code null} where no parser made them. */
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The project (default: nearest parent with a migration tool, a lock or .env).")
  Path project;

  @Option(
      names = "--tool",
      paramLabel = "TOOL",
      description = "The migration tool that is meant (default: all that the project uses).")
  String tool;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Read this file instead of the project's .env.")
  Path envFile;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The database, before every other source.")
  String url;

  @Option(
      names = "--url-variable",
      paramLabel = "NAME",
      description = "The variable that holds the URL (default: DATABASE_URL).")
  String urlVariable;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description =
          "text or json (default: text); of check and diagnose also github, sarif or junit, of"
              + " diagnose html, of history mermaid or dot, of target markdown.")
  OutputFormat output;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Write the output to this file, whole or not at all.")
  Path outputFile;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never; NO_COLOR wins (default: auto).")
  ColorMode color;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing on stderr but errors.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say more on stderr.")
  boolean verbose;

  @Option(
      names = "--connect-timeout",
      paramLabel = "DURATION",
      description = "Give up connecting after this long (default: 5s).")
  String connectTimeout;

  @Option(
      names = "--statement-timeout",
      paramLabel = "DURATION",
      description = "Give up a query after this long (default: 30s).")
  String statementTimeout;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "Keep trying this long while the server cannot be reached, is starting up, or the schema"
              + " is changing.")
  String wait;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /** The command's name; what no parser made is the gate. */
  String commandName() {
    return command == null ? CheckCommand.NAME : command.name();
  }

  /** The kind of run that the command line names; empty when it names none. */
  Optional<String> run() {
    return Optional.empty();
  }

  /**
   * The options given that decide which project and which source are meant, for another command.
   */
  Map<String, String> targetOptions() {
    var given = new LinkedHashMap<String, String>();
    Optional.ofNullable(project).ifPresent(path -> given.put("--project", path.toString()));
    Optional.ofNullable(tool).ifPresent(name -> given.put("--tool", name));
    Optional.ofNullable(envFile).ifPresent(path -> given.put("--env-file", path.toString()));
    Optional.ofNullable(urlVariable).ifPresent(name -> given.put("--url-variable", name));
    return given;
  }
}
