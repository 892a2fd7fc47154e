package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ReplayConfiguration;
import dev.stampguard.config.ReplayConfiguration.DriverEnvironment;
import dev.stampguard.config.Setting;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.tool.RunSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What options and configuration come to for a replay. */
final class ReplaySetup {
  /** A revision that runs longer has lost its way: there is no data in a scratch database. */
  private static final Duration REVISION_LIMIT = Duration.ofMinutes(10);

  private final Setup setup;
  private final ReplayOptions options;
  private final ReplayConfiguration configuration;

  ReplaySetup(Setup setup, ReplayOptions options) {
    this.setup = setup;
    this.options = options;
    this.configuration = setup.configuration().replay();
  }

  /** Whether the command line itself asks for a replay. */
  boolean isAsked() {
    return options.scratch != null && !options.scratch.equals("none");
  }

  ReplaySettings settings() {
    return new ReplaySettings(
        Optional.ofNullable(options.scratch)
            .map(text -> new Setting(text, "--scratch"))
            .or(configuration::scratch)
            .map(this::placement)
            .orElseGet(ScratchPlacement.Auto::new),
        run(),
        configuration.extensions());
  }

  /** How scripts are run, wherever that is. */
  RunSettings run() {
    return new RunSettings(
        Optional.ofNullable(options.python).or(configuration::python),
        setup.environment(),
        Optional.ofNullable(options.driverEnvironment)
                .or(configuration::driverEnvironment)
                .orElse(DriverEnvironment.OWN)
            == DriverEnvironment.PROJECT,
        configuration.namingConvention(),
        arguments(),
        setup.urlVariable(),
        REVISION_LIMIT);
  }

  /** Of arguments with the same key the last one counts, as with Alembic's own. */
  private List<String> arguments() {
    var arguments = new ArrayList<>(configuration.arguments());
    if (options.arguments != null) {
      arguments.addAll(options.arguments);
    }
    return arguments;
  }

  private ScratchPlacement placement(Setting setting) {
    return switch (setting.value()) {
      case "auto" -> new ScratchPlacement.Auto();
      case "server" -> new ScratchPlacement.TargetServer();
      case "none" -> new ScratchPlacement.Nowhere();
      case String text when text.contains("://") || text.contains("=") ->
          new ScratchPlacement.At(setup.database(text, setting.where()));
      case String other ->
          throw new StampguardException(
              ExitCode.USAGE,
              "`%s` cannot be `%s`".formatted(setting.where(), other),
              "it is `auto`, `server`, `none` or the URL of a server");
    };
  }
}
