package dev.stampguard.postgres.scratch;

import dev.stampguard.postgres.ProgramSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * PostgreSQL's server programs, installed on this machine.
 *
 * @param directory holds {@code initdb}, {@code pg_ctl} and {@code postgres}
 */
public record ServerPrograms(Path directory) {
  private static final List<String> NEEDED = List.of("initdb", "pg_ctl", "postgres");

  public ServerPrograms {
    Objects.requireNonNull(directory);
  }

  /**
   * Looks for them on the search path, then where packages put them, newest first.
   *
   * @param path the variable {@code PATH}
   */
  public static Optional<ServerPrograms> find(String path) {
    return ProgramSearch.directories(path, "initdb").stream()
        .filter(ServerPrograms::isComplete)
        .findFirst()
        .map(ServerPrograms::new);
  }

  /** The same of one major, for example 15. */
  public static Optional<ServerPrograms> find(String path, int major) {
    return ProgramSearch.directories(path, "initdb").stream()
        .filter(ServerPrograms::isComplete)
        .filter(
            directory ->
                ProgramSearch.major(directory.resolve("postgres"))
                    .filter(m -> m == major)
                    .isPresent())
        .findFirst()
        .map(ServerPrograms::new);
  }

  private static boolean isComplete(Path directory) {
    return NEEDED.stream().map(directory::resolve).allMatch(Files::isExecutable);
  }
}
