package dev.stampguard.scenarios;

import java.nio.file.Path;
import java.util.Map;

/** A way to run stampguard: in this process, as the JVM build, or as the native executable. */
interface StampguardRun {
  /**
   * Runs one command to its end.
   *
   * @param directory the working directory
   * @param environment variables of the run, besides what the machine itself needs
   * @param arguments the command line
   */
  Result run(Path directory, Map<String, String> environment, String... arguments);

  /** What a run left: its exit code, standard output and standard error. */
  record Result(int exitCode, String out, String err) {}
}
