package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Databases;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Which databases a fleet is made of. */
final class FleetMembers {
  private static final String STANDARD_INPUT = "-";

  private final Invocation invocation;
  private final Setup setup;

  FleetMembers(Invocation invocation, Setup setup) {
    this.invocation = invocation;
    this.setup = setup;
  }

  /**
   * The databases of a file, in its order.
   *
   * @param name the file, or {@code -} for standard input
   * @throws StampguardException (usage) when it cannot be read, or a line of it
   */
  List<Target> ofFile(String name) {
    try {
      return name.equals(STANDARD_INPUT)
          ? TargetList.parse(
              new String(invocation.in().readAllBytes(), StandardCharsets.UTF_8),
              "stdin",
              setup.targetRequest())
          : TargetList.parse(
              Files.readString(invocation.directory().resolve(name)), name, setup.targetRequest());
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`--targets %s` cannot be read".formatted(name),
          "name a file with one URL a line, in UTF-8, or `-` for standard input");
    }
  }

  /**
   * The databases of a server, by name.
   *
   * @param target one of them, by which the server is asked
   * @throws StampguardException (usage) when no name fits; (no access) when it cannot be asked
   */
  List<Target> onServer(Target target, List<String> globs) {
    List<String> names = setup.patience().attempt(() -> names(target));
    List<Target> fitting =
        names.stream()
            .filter(name -> FleetOptions.fits(name, globs))
            .map(name -> target.withDatabase(name, target.source()))
            .toList();
    if (fitting.isEmpty()) {
      throw nothingFits("database of that server", "--databases", globs);
    }
    return fitting;
  }

  /** A pattern that fits nothing is misspelled: checking nothing is no answer. */
  static StampguardException nothingFits(String what, String option, List<String> globs) {
    return new StampguardException(
        ExitCode.USAGE,
        "no %s fits `%s %s`".formatted(what, option, String.join(",", globs)),
        "`*` stands for any characters and `?` for one; quote the pattern for the shell");
  }

  private List<String> names(Target target) {
    try (PostgresConnection connection = setup.connector().open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      return Databases.all(transaction);
    }
  }
}
