package dev.stampguard.postgres.scratch;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL server nobody but us can reach: a private directory, a local socket, nothing written
 * safely. It runs below a shell that waits for its standard input to end, so that it stops and its
 * directory goes whatever becomes of this process.
 */
final class ThrowAwayServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int PORT = 5432;

  /** A thread each: they wait for a pipe, and the common pool may have one thread only. */
  private static final Executor READERS = task -> Thread.ofPlatform().daemon().start(task);

  private final Process watchdog;
  private final String directory;
  private final String superuser;

  private ThrowAwayServer(Process watchdog, String directory, String superuser) {
    this.watchdog = watchdog;
    this.directory = directory;
    this.superuser = superuser;
  }

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @param superuser the name of its only role; {@code pg_…} is not allowed
   * @throws StampguardException (no access) when it does not start
   */
  static ThrowAwayServer start(ServerPrograms programs, String superuser) {
    Objects.requireNonNull(superuser);
    String bin = programs.directory().toString();
    Process watchdog;
    try {
      var builder =
          new ProcessBuilder(
              List.of(
                  "sh",
                  "-c",
                  script("drop-root"),
                  "stampguard",
                  bin,
                  "sh",
                  "-c",
                  script("server"),
                  "stampguard",
                  bin,
                  superuser));
      // The user it runs as may not be allowed into ours, and PostgreSQL wants to be somewhere.
      builder.directory(new java.io.File("/"));
      // PGDATA, PGOPTIONS and their kin are meant for another server.
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      watchdog = builder.start();
    } catch (IOException e) {
      throw notStarted(bin, "no shell could be started");
    }
    CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> tail(watchdog), READERS);
    String directory = firstLine(watchdog);
    if (directory == null) {
      stop(watchdog);
      throw notStarted(bin, said.getNow("it did not answer in time").strip());
    }
    return new ThrowAwayServer(watchdog, directory, superuser);
  }

  /** Where one of its databases is. */
  Target target(String database) {
    return new Target(
        database,
        List.of(new Target.Endpoint(directory, PORT)),
        superuser,
        Optional.empty(),
        Map.of(),
        "throw-away server");
  }

  /** Stops it and waits until its directory is gone; only a very large one goes later. */
  @Override
  public void close() {
    stop(watchdog);
  }

  private static void stop(Process watchdog) {
    try {
      // Never killed: removing many files takes a while, and the shell ends when it is done, with
      // or without us.
      watchdog.getOutputStream().close();
      watchdog.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      watchdog.destroy();
    } catch (InterruptedException e) {
      watchdog.destroy();
      Thread.currentThread().interrupt();
    }
  }

  /** The directory, or null when the shell ended or was silent for too long. */
  private static String firstLine(Process watchdog) {
    BufferedReader reader = watchdog.inputReader(StandardCharsets.UTF_8);
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return reader.readLine();
              } catch (IOException e) {
                return null;
              }
            },
            READERS);
    try {
      return line.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** The last line on standard error, which must be read for the shell not to block on it. */
  private static String tail(Process watchdog) {
    return watchdog
        .errorReader(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce("it gave no reason", (earlier, later) -> later);
  }

  private static StampguardException notStarted(String bin, String reason) {
    return new StampguardException(
        ExitCode.NO_ACCESS,
        "the throw-away server of `%s` did not start: %s".formatted(bin, reason),
        "name another place with `--scratch URL`, or do without with `--scratch none`");
  }

  private static String script(String name) {
    try (InputStream in = ThrowAwayServer.class.getResourceAsStream("/scratch/" + name + ".sh")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
