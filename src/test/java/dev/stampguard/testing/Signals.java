package dev.stampguard.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a process is started that is to be interrupted. */
public final class Signals {
  private static final Path ENV = Path.of("/usr/bin/env");

  private Signals() {}

  /**
   * The words before a command that make it hear SIGINT: whoever started this JVM in the background
   * made it, and so its children, deaf to that. None where no program can do it.
   */
  public static List<String> heard() {
    return Files.isExecutable(ENV) && System.getProperty("os.name").equals("Linux")
        ? List.of(ENV.toString(), "--default-signal=INT")
        : List.of();
  }
}
