package dev.stampguard.postgres.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running program that does not outlive us. */
final class ClientProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** A thread each: they wait for a pipe, and the common pool may have one thread only. */
  private static final Executor READERS = task -> Thread.ofPlatform().daemon().start(task);

  /** What the programs write is for its owner only, from the moment a file is made. */
  private static final List<String> PRIVATELY =
      List.of("sh", "-c", "umask 077; exec \"$0\" \"$@\"");

  private final Process process;
  private final Thread atExit;

  private ClientProcess(Process process) {
    this.process = process;
    // Ctrl-C runs no finally; a dump would go on for hours with nobody to take it.
    this.atExit = new Thread(this::end, "stampguard-client");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** What is done with the program's standard output; it is read to its end or the program ends. */
  @FunctionalInterface
  interface Output {
    void read(InputStream output) throws IOException;
  }

  /**
   * Starts a program without input.
   *
   * @param environment changes the variables it inherits
   * @throws IOException when it cannot be started
   */
  static ClientProcess start(List<String> commandLine, Consumer<Map<String, String>> environment)
      throws IOException {
    var builder = new ProcessBuilder(new ArrayList<>(PRIVATELY));
    builder.command().addAll(commandLine);
    environment.accept(builder.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    return new ClientProcess(process);
  }

  /**
   * Waits for its end.
   *
   * @param output reads what it prints
   * @param complaint is given each line of its standard error
   * @return its exit status
   * @throws IOException when what it prints cannot be dealt with
   */
  int await(Output output, Consumer<String> complaint) throws IOException, InterruptedException {
    CompletableFuture<Void> complaints =
        CompletableFuture.runAsync(() -> complain(complaint), READERS);
    CompletableFuture<Void> printed = CompletableFuture.runAsync(() -> print(output), READERS);
    try {
      printed.get();
      complaints.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case UncheckedIOException failed -> throw failed.getCause();
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
    return process.waitFor();
  }

  private void print(Output output) {
    try (InputStream stream = process.getInputStream()) {
      output.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void complain(Consumer<String> complaint) {
    try (var reader = process.errorReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(complaint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, and those it started, where they still run. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // Already exiting; ending it twice does no harm.
    }
    end();
  }

  private void end() {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> descendants = process.descendants().toList();
    // A polite word first: the programs cancel what their sessions are doing.
    process.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
