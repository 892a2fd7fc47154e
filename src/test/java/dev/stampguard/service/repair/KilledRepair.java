package dev.stampguard.service.repair;

import dev.stampguard.cli.InProcess;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A process that repairs and ends itself at a milestone, as SIGKILL would: no {@code finally}, no
 * shutdown hook, no goodbye to the server.
 */
final class KilledRepair {
  /** As a shell tells of a process that SIGKILL ended. */
  static final int EXIT_CODE = 137;

  private KilledRepair() {}

  /**
   * Runs.
   *
   * @param args the milestone, the project's directory, and what follows {@code repair}
   */
  public static void main(String... args) {
    InProcess.Result result =
        InProcess.repair(
            Path.of(args[1]),
            System.getenv(),
            milestone -> {
              if (milestone.equals(args[0])) {
                Runtime.getRuntime().halt(EXIT_CODE);
              }
            },
            Arrays.copyOfRange(args, 2, args.length));
    System.err.println(result.err());
    System.exit(result.exitCode());
  }
}
