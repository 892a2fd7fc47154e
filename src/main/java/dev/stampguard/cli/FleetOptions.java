package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.Glob;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options of a check of many databases, or of many schemas of one. */
final class FleetOptions {
  @Option(
      names = "--databases",
      paramLabel = "GLOB",
      split = ",",
      description =
          "Check every database of the target's server whose name fits (*, ?); repeatable. One"
              + " line each on stdout, with -q only for those that do not end well; the exit code"
              + " is the heaviest: 1, 2, 3, 5, 4, 0.")
  List<String> databases;

  @Option(
      names = "--schemas",
      paramLabel = "GLOB",
      split = ",",
      description =
          "Check every schema of the target whose name fits, each with a ledger and objects of its"
              + " own; as --databases.")
  List<String> schemas;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description =
          "Check the databases of this file, one URL a line (- is stdin); as --databases.")
  String targets;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many of them are checked at once (default: 8).")
  Integer parallel;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Check only the I-th of N shares of them, from 0 (default: JOB_COMPLETION_INDEX of"
              + " JOB_COMPLETIONS, else all).")
  String shard;

  /**
   * Whether many are to be checked.
   *
   * @throws StampguardException (usage) when the options do not go together
   */
  boolean isAsked() {
    long kinds = Stream.of(databases, schemas, targets).filter(Objects::nonNull).count();
    if (kinds > 1) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`--databases`, `--schemas` and `--targets` do not go together",
          "take one of them");
    }
    if (kinds == 0 && (parallel != null || shard != null)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is for many databases, and one is to be checked"
              .formatted(parallel == null ? "--shard" : "--parallel"),
          "say which with `--databases`, `--schemas` or `--targets`, or leave it out");
    }
    if (parallel != null && parallel < 1) {
      throw new StampguardException(
          ExitCode.USAGE, "`--parallel` cannot be `%s`".formatted(parallel), "it is at least 1");
    }
    return kinds > 0;
  }

  /** Whether a name fits one of the patterns. */
  static boolean fits(String name, List<String> globs) {
    return globs.stream().anyMatch(glob -> new Glob(glob.strip()).matches(name));
  }
}
