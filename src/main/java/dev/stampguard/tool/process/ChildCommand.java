package dev.stampguard.tool.process;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A command that is run to its end, without input and without a shell. It does not outlive us, and
 * neither does what it starts.
 */
public final class ChildCommand {
  private static final int LINES = 200;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final List<String> words;
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param words the program, looked up on the environment's {@code PATH} unless it names a file,
   *     and its arguments
   * @param directory where it runs
   * @param environment all its variables
   */
  public ChildCommand(List<String> words, Path directory, Map<String, String> environment) {
    this.words = List.copyOf(words);
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /**
   * How it ended.
   *
   * @param exitCode 0 when all went well
   * @param said the last lines it wrote on standard output and standard error, as they came
   */
  public record Ended(int exitCode, List<String> said) {
    public Ended {
      said = List.copyOf(said);
    }

    /** Whether it says itself that all went well. */
    public boolean isWell() {
      return exitCode == 0;
    }
  }

  /**
   * Runs it.
   *
   * @throws StampguardException (usage) when it cannot be started; (interrupted) when we are told
   *     to end
   * @throws TimeoutException when it takes longer; it is ended
   */
  public Ended run(Duration limit) throws TimeoutException {
    var started = new ArrayList<>(words);
    started.set(0, program());
    var builder =
        new ProcessBuilder(started).directory(directory.toFile()).redirectErrorStream(true);
    if (!environment.equals(System.getenv())) {
      builder.environment().clear();
      builder.environment().putAll(environment);
    }
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return await(process, limit);
    } catch (IOException e) {
      throw notStarted("the system does not start it");
    }
  }

  /** Where the program is. */
  private String program() {
    String program = words.getFirst();
    if (program.contains(File.separator)) {
      Path file = directory.resolve(program);
      if (!Files.isRegularFile(file)) {
        throw notStarted("there is no such program");
      }
      return file.toString();
    }
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .map(Path::toString)
        .orElseThrow(() -> notStarted("there is no such program on `PATH`"));
  }

  private StampguardException notStarted(String why) {
    return new StampguardException(
        ExitCode.USAGE,
        "`%s` cannot be run: %s".formatted(words.getFirst(), why),
        "say in `stampguard.properties` how migrations are run here: replay.command=…");
  }

  private static Ended await(Process process, Duration limit) throws TimeoutException {
    // Ctrl-C runs no finally, and a migration would go on in a database that is dropped.
    var atExit = new Thread(() -> end(process), "stampguard-command");
    Runtime.getRuntime().addShutdownHook(atExit);
    var said = new ArrayDeque<String>();
    Thread listening = listen(process, said);
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException("it took longer than %s s".formatted(limit.toSeconds()));
      }
      listening.join(GRACE);
      synchronized (said) {
        return new Ended(process.exitValue(), List.copyOf(said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StampguardException(
          ExitCode.INTERRUPTED, "interrupted while a migration was running", null);
    } finally {
      end(process);
      withdraw(atExit);
    }
  }

  private static void withdraw(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // We are ending: it runs.
    }
  }

  private static Thread listen(Process process, Deque<String> said) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                reader
                    .lines()
                    .forEach(
                        line -> {
                          synchronized (said) {
                            said.addLast(line);
                            if (said.size() > LINES) {
                              said.removeFirst();
                            }
                          }
                        });
              } catch (IOException | UncheckedIOException e) {
                // It was ended: as good as the end.
              }
            });
  }

  /** Ends it and what it started. */
  private static void end(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
