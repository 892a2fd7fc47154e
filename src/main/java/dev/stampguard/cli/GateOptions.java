package dev.stampguard.cli;

import dev.stampguard.diagnosis.Severity;
import picocli.CommandLine.Option;

/** Options of the commands whose exit code judges. */
final class GateOptions {
  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "Exit 3 for findings of at least info, warning or error (default: error).")
  Severity failOn;

  @Option(names = "--require-head", description = "Exit 3 when revisions are pending.")
  boolean requireHead;
}
