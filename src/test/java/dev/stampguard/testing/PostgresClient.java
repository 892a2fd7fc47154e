package dev.stampguard.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * PostgreSQL's own {@code pg_dump}, {@code pg_restore} and {@code psql} of one major.
 *
 * @param directory where they are
 * @param major theirs; they know servers up to it
 */
public record PostgresClient(Path directory, int major) {
  /** Where {@code .ci/postgres-client} puts a client newer than the machine's. */
  private static final Path UNPACKED = Path.of("target/postgres-client/bin");

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final long SECONDS = 60;

  private static final class Holder {
    static final List<PostgresClient> ALL = search();
  }

  /** How a dump is written, and so by which program it is restored. */
  public enum Format {
    PLAIN,
    CUSTOM
  }

  /**
   * The oldest client that knows servers of this major; without any the test is skipped, and fails
   * where CI is true.
   */
  public static PostgresClient forServer(int major) {
    reasonToSkip(major).ifPresent(Assumptions::abort);
    return find(major).orElseThrow(() -> new IllegalStateException(missing(major)));
  }

  /**
   * Why tests with servers of this major are skipped here; said aloud, and never where CI is true.
   */
  public static Optional<String> reasonToSkip(int major) {
    if (find(major).isPresent() || "true".equals(System.getenv("CI"))) {
      return Optional.empty();
    }
    System.err.println("SKIPPED: " + missing(major));
    return Optional.of(missing(major));
  }

  /** The oldest client that knows servers of this major; empty when there is none. */
  public static Optional<PostgresClient> find(int major) {
    return Holder.ALL.stream()
        .filter(client -> client.major >= major)
        .min(Comparator.comparing(PostgresClient::major));
  }

  private static String missing(int major) {
    return "no pg_dump of PostgreSQL %d or newer: run `.ci/postgres-client target/postgres-client`"
        .formatted(major);
  }

  /** Writes the schema of a database and its rows, without owners and privileges. */
  public void dump(PostgresServer server, String database, Format format, Path file) {
    var command = command("pg_dump", server);
    command.addAll(List.of("--no-owner", "--no-privileges", "--file", file.toString()));
    command.addAll(List.of("--format", format == Format.PLAIN ? "plain" : "custom"));
    command.addAll(List.of("--dbname", database));
    run(command);
  }

  /**
   * The schema of a database, without owners, privileges and comments. A dump that has no end
   * fails: two databases are not alike because nothing was read of either.
   */
  public String dumpSchema(PostgresServer server, String database) {
    var command = command("pg_dump", server);
    command.addAll(List.of("--no-owner", "--no-privileges", "--schema-only", "--no-comments"));
    command.addAll(List.of("--dbname", database));
    String dump = run(command);
    if (!dump.contains("\n-- PostgreSQL database dump complete\n")) {
      throw new IllegalStateException(
          "%s: %d characters and no end: %s"
              .formatted(command, dump.length(), dump.substring(0, Math.min(dump.length(), 500))));
    }
    return dump;
  }

  /** Restores a dump into an empty database; any error fails. */
  public void restore(PostgresServer server, String database, Format format, Path file) {
    switch (format) {
      case PLAIN -> {
        var command = command("psql", server);
        command.addAll(List.of("--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"));
        command.addAll(List.of("--file", file.toString(), "--dbname", database));
        run(command);
      }
      case CUSTOM -> {
        var command = command("pg_restore", server);
        command.addAll(List.of("--no-owner", "--exit-on-error", "--dbname", database));
        command.add(file.toString());
        run(command);
      }
    }
  }

  private List<String> command(String program, PostgresServer server) {
    var command = new ArrayList<String>();
    command.add(directory.resolve(program).toString());
    command.addAll(List.of("--host", "localhost", "--port", Integer.toString(server.port())));
    command.addAll(List.of("--username", "postgres", "--no-password"));
    return command;
  }

  /** What a program writes, through a pipe: what it wrote is all there when it has ended. */
  private static String run(List<String> command) {
    try {
      Path errors = Files.createTempFile("postgres-client", ".log");
      try {
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("PGPASSWORD", "postgres");
        Process process = builder.start();
        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS)
            .execute(process::destroyForcibly);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new IllegalStateException(command + " fails: " + Files.readString(errors));
        }
        return text;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<PostgresClient> search() {
    var directories = new ArrayList<Path>();
    directories.add(UNPACKED.toAbsolutePath());
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> majors = Files.list(DEBIAN)) {
        majors.map(directory -> directory.resolve("bin")).forEach(directories::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
        .filter(directory -> !directory.isEmpty())
        .map(Path::of)
        .forEach(directories::add);
    return directories.stream()
        .filter(
            directory ->
                Stream.of("pg_dump", "pg_restore", "psql")
                    .allMatch(program -> Files.isExecutable(directory.resolve(program))))
        .map(directory -> new PostgresClient(directory, major(directory)))
        .toList();
  }

  private static int major(Path directory) {
    String version = run(List.of(directory.resolve("pg_dump").toString(), "--version"));
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.find()) {
      throw new IllegalStateException(directory + ": " + version);
    }
    return Integer.parseInt(matcher.group(1));
  }
}
