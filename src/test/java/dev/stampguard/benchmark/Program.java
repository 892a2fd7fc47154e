package dev.stampguard.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A command line that is started again and again, with what its runs took. */
final class Program {
  private final String name;
  private final Path directory;
  private final Map<String, String> environment;
  private final List<String> command;
  private final List<Long> nanos = new ArrayList<>();
  private Runnable before = () -> {};

  Program(String name, Path directory, Map<String, String> environment, List<String> command) {
    this.name = name;
    this.directory = directory;
    this.environment = environment;
    this.command = List.copyOf(command);
  }

  String name() {
    return name;
  }

  /**
   * The same, which does something each time before it is measured.
   *
   * @param what is not measured
   */
  Program after(Runnable what) {
    before = what;
    return this;
  }

  /** Runs it as it is measured. */
  void warmUp() {
    before.run();
    run();
  }

  /** Runs it once and keeps how long it took. */
  void measure() {
    before.run();
    nanos.add(run());
  }

  /** Runs it once; fails unless it says that all is well. */
  long run() {
    try {
      long start = System.nanoTime();
      Process process = start();
      int exitCode = process.waitFor();
      long took = System.nanoTime() - start;
      if (exitCode != 0) {
        throw new IllegalStateException("%s ended with %d: %s".formatted(name, exitCode, command));
      }
      return took;
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  private Process start() throws IOException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  Duration median() {
    var sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return Duration.ofNanos(sorted.get(sorted.size() / 2));
  }

  /** The most memory it held, in bytes, as Linux counts; 0 where that cannot be seen. */
  long peakMemory() throws IOException {
    before.run();
    Process process = start();
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, highWater(status));
    }
    return peak;
  }

  private static long highWater(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // just ended, or no such system
    }
  }
}
