package dev.stampguard.expectation.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A process of its own that writes one of two lock files over the other, until it is killed. */
final class LockWriterProcess {
  private LockWriterProcess() {}

  static LockFile lock(int seed) {
    return RandomHistory.of(new Random(seed)).lock();
  }

  static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            LockWriterProcess.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Says {@code writing} once the first file is there. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    LockFile one = lock(1);
    LockFile other = lock(2);
    LockWriter.write(one, file);
    System.out.println("writing");
    while (true) {
      LockWriter.write(other, file);
      LockWriter.write(one, file);
    }
  }
}
