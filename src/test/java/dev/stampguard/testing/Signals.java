package dev.stampguard.testing;

import java.io.IOException;
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

  /** Whether whoever started this JVM made it deaf to a signal. */
  public static boolean isIgnored(int number) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(ignored -> (ignored >> (number - 1) & 1) == 1);
  }
}
