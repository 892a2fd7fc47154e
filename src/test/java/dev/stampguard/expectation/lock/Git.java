package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine's git, deaf to the configuration of whoever runs the tests. */
final class Git {
  private Git() {}

  /** Ends the test where there is no git: as skipped on a desk, as failed where CI runs it. */
  static void require(Path directory) throws InterruptedException {
    try {
      assertThat(run(directory, "--version")).isZero();
    } catch (IOException e) {
      String message = "git is not installed: merges of lock files were not tested";
      if (System.getenv("CI") != null) {
        fail(message, e);
      }
      System.err.println(message);
      abort(message);
    }
  }

  /** Runs git and returns its exit code. */
  static int run(Path directory, String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
    return builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
  }
}
