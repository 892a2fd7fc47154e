package dev.stampguard.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The program's entry. Quarkus builds it, and registers what picocli finds by name in the native
 * executable; it does not boot, as nothing here would use what that starts: no command waits for
 * it, and neither a project's settings nor its variables are ever taken for the framework's own.
 */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    startRuntime();
    int exitCode = Cli.launch(Invocation.ofThisProcess(), args);
    // An end is the same as an exit with 0, for which the JVM first starts its logging.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** The JVM has done it; {@link NativeRuntime} does it in the native executable. */
  private static void startRuntime() {}
}
