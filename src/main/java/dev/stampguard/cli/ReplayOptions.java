package dev.stampguard.cli;

import dev.stampguard.config.ReplayConfiguration.DriverEnvironment;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command that may run the project's scripts in a scratch database. */
final class ReplayOptions {
  @Option(
      names = "--scratch",
      paramLabel = "WHERE",
      description =
          "Where a scratch database may be made to replay the scripts in: auto (a throw-away server"
              + " on this machine, else the target's if it is local), server (the target's,"
              + " wherever it is), none, or the URL of another server.")
  String scratch;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description = "The interpreter to replay with (default: the project's, as far as found).")
  String python;

  @Option(
      names = "--driver-env",
      paramLabel = "WHOSE",
      description =
          "Whose env.py a replay runs: own (stampguard's) or project, which runs the project's code"
              + " (default: own).")
  DriverEnvironment driverEnvironment;

  @Option(
      names = "-x",
      paramLabel = "KEY=VALUE",
      description = "What the scripts' context.get_x_argument() is to find; repeatable.")
  List<String> arguments;
}
