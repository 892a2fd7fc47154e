package dev.stampguard.cli;

import dev.stampguard.diagnosis.Severity;
import picocli.CommandLine.Option;

/** Options of every command that judges a database. */
final class InspectionOptions {
  @Option(
      names = "--reference",
      paramLabel = "DB|URL",
      description =
          "Compare definitions with this database: a name on the target's server, or a URL.")
  String reference;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "Exit 3 for findings of at least info, warning or error (default: error).")
  Severity failOn;

  @Option(names = "--require-head", description = "Exit 3 when revisions are pending.")
  boolean requireHead;
}
