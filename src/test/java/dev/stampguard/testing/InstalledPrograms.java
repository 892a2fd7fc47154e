package dev.stampguard.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/** Programs of this machine that a test runs. */
public final class InstalledPrograms {
  private InstalledPrograms() {}

  /** Skips a test aloud where a program is not on the search path; with CI set it fails. */
  public static void require(String program) {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    if (!isThere) {
      String reason = "`%s` is not installed: nothing was tested with it".formatted(program);
      if (System.getenv("CI") != null) {
        Assertions.fail(reason);
      }
      System.err.println("SKIPPED: " + reason);
      throw new TestAbortedException(reason);
    }
  }
}
