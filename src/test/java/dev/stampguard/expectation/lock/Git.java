package dev.stampguard.expectation.lock;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine's git, deaf to the configuration of whoever runs the tests. */
final class Git {
  private Git() {}

  /** Runs git and returns its exit code. */
  static int run(Path directory, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
    return builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
  }
}
