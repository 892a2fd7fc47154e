package dev.stampguard.testing;

import java.io.File;
import java.util.Map;

/**
 * The variables of a run that can replay: its path leads to this machine's Python, and to the
 * server programs that the tests' own server runs on.
 */
public final class ReplayEnvironment {
  private static Map<String, String> variables;

  private ReplayEnvironment() {}

  /** The variables; without a Python that has Alembic the test is skipped, and fails on CI. */
  public static synchronized Map<String, String> variables() {
    if (variables == null) {
      Pythons.withAlembic();
      variables =
          Map.of(
              "PATH",
              PostgresServer.local().programs() + File.pathSeparator + System.getenv("PATH"));
    }
    return variables;
  }
}
