package dev.stampguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A directory for PATH with {@code pg_dump}, {@code pg_restore} and {@code psql} that are shell
 * scripts.
 *
 * @param directory where they are
 */
public record FakePrograms(Path directory) {
  /** Programs of a major that say which they are and do nothing. */
  public static FakePrograms of(Path directory, int major) {
    var programs = new FakePrograms(directory);
    for (String name : List.of("pg_dump", "pg_restore", "psql")) {
      programs.write(name, "echo '%s (PostgreSQL) %d.1 (fake)'".formatted(name, major));
    }
    return programs;
  }

  /** Programs that are the real ones, of the oldest major that knows such servers. */
  public static FakePrograms around(Path directory, PostgresClient real) {
    var programs = new FakePrograms(directory);
    for (String name : List.of("pg_dump", "pg_restore", "psql")) {
      programs.write(name, "exec '%s' \"$@\"".formatted(real.directory().resolve(name)));
    }
    return programs;
  }

  /**
   * Lets one of the programs do something else; its question for the version is answered all the
   * same.
   *
   * @param script what a shell runs; {@code $real} is the program it stands in for
   */
  public FakePrograms replace(String name, PostgresClient real, String script) {
    return write(
        name,
        """
        real='%s'
        [ "$1" = --version ] && exec "$real" --version
        %s
        """
            .formatted(real.directory().resolve(name), script));
  }

  private FakePrograms write(String name, String script) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(name);
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As an element of PATH. */
  public String path() {
    return directory.toString();
  }
}
