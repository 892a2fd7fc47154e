package dev.stampguard.service.backup;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.ByteCount;
import dev.stampguard.backup.Manifest;
import dev.stampguard.postgres.client.ClientCommand;
import dev.stampguard.postgres.client.ClientPrograms;
import dev.stampguard.postgres.client.ClientPrograms.Program;
import dev.stampguard.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs {@code pg_dump} for a backup, all of one moment. */
final class Dumper {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** A dump that waits for a lock keeps others waiting behind it. */
  private static final String LOCK_WAIT = "--lock-wait-timeout=30s";

  private final ClientPrograms programs;
  private final Target target;
  private final String snapshot;
  private final Path directory;
  private final Progress progress;

  /**
   * @param snapshot the exported snapshot that says which moment
   * @param directory where the dumps go
   */
  Dumper(
      ClientPrograms programs, Target target, String snapshot, Path directory, Progress progress) {
    this.programs = Objects.requireNonNull(programs);
    this.target = Objects.requireNonNull(target);
    this.snapshot = Objects.requireNonNull(snapshot);
    this.directory = Objects.requireNonNull(directory);
    this.progress = Objects.requireNonNull(progress);
  }

  /**
   * Dumps what a kind of backup holds.
   *
   * @param held the tables whose rows are held, where only some are
   * @param jobs how many tables at once
   */
  void dump(Manifest.Kind kind, Collection<String> held, int jobs) {
    switch (kind) {
      case FULL -> run(Backup.DUMP, List.of(), jobs);
      case SCHEMA, AFFECTED -> {
        run(Backup.DUMP, List.of("--schema-only"), 1);
        if (!held.isEmpty()) {
          var arguments = new ArrayList<String>();
          arguments.add("--data-only");
          held.forEach(table -> arguments.add("--table=" + pattern(table)));
          run(Backup.ROWS, arguments, jobs);
        }
      }
      case ENV -> {}
    }
  }

  /** A name as {@code pg_dump} takes it literally: every part in quotes. */
  static String pattern(String table) {
    var pattern = new StringBuilder();
    boolean quoted = false;
    boolean open = false;
    for (int i = 0; i < table.length(); i++) {
      char c = table.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c != '.' && !open) {
        pattern.append('"');
        open = true;
      } else if (!quoted && c == '.' && open) {
        pattern.append('"');
        open = false;
      }
      pattern.append(c);
    }
    return open ? pattern.append('"').toString() : pattern.toString();
  }

  private void run(String name, List<String> what, int jobs) {
    Path output = directory.resolve(name);
    var arguments = new ArrayList<String>();
    if (jobs > 1) {
      arguments.addAll(List.of("--format=directory", "--jobs=" + jobs));
    } else {
      arguments.add("--format=custom");
    }
    arguments.addAll(List.of("--file=" + output, "--snapshot=" + snapshot, LOCK_WAIT));
    arguments.addAll(what);
    Thread watcher =
        Thread.ofPlatform().daemon().name("stampguard-dump").start(() -> watch(output));
    try {
      ClientCommand.on(target, programs, Program.PG_DUMP, arguments).run();
    } finally {
      watcher.interrupt();
    }
  }

  private void watch(Path output) {
    long start = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS);
        progress.show(
            told(target.database(), size(output), Duration.ofNanos(System.nanoTime() - start)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How far it is. What is left nobody knows: a dump is smaller than the tables. */
  static String told(String database, long written, Duration since) {
    return "dumping `%s`: %s written, %s/s"
        .formatted(
            database,
            new ByteCount(written),
            new ByteCount(Math.round(written * 1000.0 / Math.max(1, since.toMillis()))));
  }

  private static long size(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
