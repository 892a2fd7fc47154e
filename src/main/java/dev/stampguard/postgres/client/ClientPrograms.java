package dev.stampguard.postgres.client;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.ProgramSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * PostgreSQL's client programs of one major, installed on this machine.
 *
 * @param directory holds {@code pg_dump}, {@code pg_restore} and {@code psql}
 * @param major their major version, for example 15
 */
public record ClientPrograms(Path directory, int major) {
  public ClientPrograms {
    Objects.requireNonNull(directory);
  }

  /** One of the programs. */
  public enum Program {
    PG_DUMP("pg_dump"),
    PG_RESTORE("pg_restore"),
    PSQL("psql");

    private final String fileName;

    Program(String fileName) {
      this.fileName = fileName;
    }

    /** What its file is called. */
    public String fileName() {
      return fileName;
    }
  }

  /**
   * Looks for programs that can dump a database of a server and restore it into the same server.
   *
   * <p>A {@code pg_dump} refuses servers that are newer, so older majors are left out. Of the rest
   * the server's own major is the best, wherever it is: a restore by 17 or newer sets {@code
   * transaction_timeout}, which older servers do not know. Where it is not to be had, the newest
   * serves, and {@link ClientCommand} overlooks that one complaint of an older server. The same
   * programs must restore what they dumped: an older {@code pg_restore} cannot read the archive of
   * a newer {@code pg_dump}.
   *
   * @param path the variable {@code PATH}
   * @param serverMajor the server's major version; for an archive that was written already, not
   *     less than the major that wrote it
   * @throws StampguardException (no access) when there are none
   */
  public static ClientPrograms find(String path, int serverMajor) {
    List<ClientPrograms> all =
        ProgramSearch.directories(path, Program.PG_DUMP.fileName()).stream()
            .map(ClientPrograms::in)
            .flatMap(Optional::stream)
            .toList();
    Comparator<ClientPrograms> newest = Comparator.comparingInt(ClientPrograms::major);
    return all.stream()
        .filter(programs -> programs.major == serverMajor)
        .findFirst()
        .or(() -> all.stream().filter(programs -> programs.major > serverMajor).max(newest))
        .orElseThrow(() -> missing(serverMajor, all.stream().max(newest)));
  }

  /** The programs in a directory; empty when it lacks one, or when they do not run. */
  private static Optional<ClientPrograms> in(Path directory) {
    boolean complete =
        Arrays.stream(Program.values())
            .map(program -> directory.resolve(program.fileName))
            .allMatch(ClientPrograms::isProgram);
    return complete
        ? ProgramSearch.major(directory.resolve(Program.PG_DUMP.fileName))
            .map(major -> new ClientPrograms(directory, major))
        : Optional.empty();
  }

  /**
   * Debian's {@code /usr/bin/pg_dump} is a link to a Perl script that looks for the cluster a user
   * means and starts the program of that cluster's major, whichever server is asked for.
   */
  private static boolean isProgram(Path file) {
    try {
      return Files.isExecutable(file) && !file.toRealPath().endsWith("pg_wrapper");
    } catch (IOException e) {
      return false;
    }
  }

  private static StampguardException missing(int serverMajor, Optional<ClientPrograms> newest) {
    String found =
        newest
            .map(
                programs ->
                    "; the newest found is %s in `%s`"
                        .formatted(programs.major, programs.directory))
            .orElse("");
    return new StampguardException(
        ExitCode.NO_ACCESS,
        "no `pg_dump` of PostgreSQL %s or newer is installed%s".formatted(serverMajor, found),
        "install the package `postgresql-client-%1$s` (Debian, Ubuntu) or `postgresql%1$s`, or add the directory of `pg_dump` to PATH"
            .formatted(serverMajor));
  }

  /** Where one of them is. */
  Path file(Program program) {
    return directory.resolve(program.fileName);
  }
}
