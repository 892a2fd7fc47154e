package dev.stampguard.tool.python.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The driver as a child process: lines in, lines out, and what it says on standard error. */
final class DriverProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** What Java adds to the number of a signal to make an exit status of it. */
  private static final int KILLED_BY = 128;

  /** Stands for the end of the child's output in the queue. */
  private static final String END = "";

  private final Process process;
  private final Writer commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Complaints complaints = new Complaints();
  private final Thread listening;

  private DriverProcess(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    read(process.inputReader(StandardCharsets.UTF_8), answers::add, () -> answers.add(END));
    this.listening = read(process.errorReader(StandardCharsets.UTF_8), complaints::add, () -> {});
  }

  /**
   * Starts the interpreter.
   *
   * @param program names of resources, as {@link DriverRun#program}
   * @param directory its working directory
   * @param environment changes the variables it inherits
   * @throws IOException when it cannot be started
   */
  static DriverProcess start(
      Interpreter interpreter,
      List<String> program,
      Path directory,
      Consumer<Map<String, String>> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(List.of(interpreter.program().toString(), "-c", source(program)));
    builder.directory(directory.toFile());
    environment.accept(builder.environment());
    return new DriverProcess(builder.start());
  }

  private static String source(List<String> program) {
    return program.stream().map(DriverProcess::source).collect(Collectors.joining("\n\n"));
  }

  private static String source(String part) {
    try (InputStream in = DriverProcess.class.getResourceAsStream("/python/" + part + ".py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread read(BufferedReader reader, Consumer<String> each, Runnable end) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (reader) {
                reader.lines().forEach(each);
              } catch (IOException | UncheckedIOException e) {
                // The child was killed: as good as the end.
              } finally {
                end.run();
              }
            });
  }

  /**
   * Sends a line.
   *
   * @throws IOException when the child is gone
   */
  void send(String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
  }

  /**
   * Waits for a line.
   *
   * @return empty when the child ended
   * @throws TimeoutException when the time is up
   */
  Optional<String> receive(Duration limit) throws InterruptedException, TimeoutException {
    String line = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new TimeoutException("the child did not answer in time");
    }
    return line.equals(END) ? Optional.empty() : Optional.of(line);
  }

  /** Why the child ended: the signal that killed it, or its last line on standard error. */
  Optional<String> lastComplaint() {
    try {
      if (process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
          && process.exitValue() > KILLED_BY) {
        return Optional.of("it was killed by signal " + (process.exitValue() - KILLED_BY));
      }
      listening.join(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return complaints.last();
  }

  /** Ends the child and what it started. */
  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException e) {
      // It is gone already.
    }
    List<ProcessHandle> descendants = process.descendants().toList();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
