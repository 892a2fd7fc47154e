package dev.stampguard.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that looks at what a database should hold. */
final class InspectionOptions {
  @Option(
      names = "--reference",
      paramLabel = "DB|URL",
      description =
          "Compare definitions with this database: a name on the target's server, or a URL.")
  String reference;

  @Mixin ReplayOptions replay;
}
