package dev.stampguard.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Options of every command but {@code repair}, where {@code --run} names revisions and the variable
 * says which kind of run it is.
 */
final class RunOptions extends CommonOptions {
  @Option(
      names = "--run",
      paramLabel = "KIND",
      description =
          "The kind of run this is: policy.KIND.allow in stampguard.properties says which databases"
              + " it may use (default: STAMPGUARD_RUN).")
  String run;

  @Override
  Optional<String> run() {
    return Optional.ofNullable(run);
  }
}
