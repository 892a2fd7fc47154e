package dev.stampguard.tool;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tables of one database that may be the ledger, found in the catalog whether readable or not.
 *
 * @param tables schema and readability, sorted by schema
 * @param databaseOwnersPath the schemas that sessions of the database's owner search by themselves
 */
record LedgerCandidates(List<Candidate> tables, List<String> databaseOwnersPath) {
  LedgerCandidates {
    tables = List.copyOf(tables);
    databaseOwnersPath = List.copyOf(databaseOwnersPath);
  }

  /**
   * @param table its name
   * @param readable whether this role may read it
   * @param width how many characters its version column takes; empty when it takes any number
   * @param ownersPath the schemas that sessions of its owner search by themselves
   */
  record Candidate(
      QualifiedName table, boolean readable, OptionalInt width, List<String> ownersPath) {
    Candidate {
      ownersPath = List.copyOf(ownersPath);
    }
  }

  /**
   * The ledger the tool would read: the configured one, else the first on the search path, else the
   * only place left to look.
   */
  Optional<Candidate> choose(MigrationProject.LedgerLocation location, List<String> searchPath) {
    if (location.schema().isPresent()) {
      return in(location.schema().get());
    }
    return searchPath.stream()
        .map(this::in)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> tables.stream().findFirst());
  }

  private Optional<Candidate> in(String schema) {
    return tables.stream().filter(c -> c.table().schema().equals(schema)).findFirst();
  }

  /** The same without the chosen one. */
  List<QualifiedName> others(QualifiedName chosen) {
    return tables.stream().map(Candidate::table).filter(t -> !t.equals(chosen)).toList();
  }

  /** Refuses a ledger that is there and cannot be read: that is not an absent one. */
  static void requireReadable(Candidate ledger, String database, String user) {
    if (!ledger.readable()) {
      throw new StampguardException(
          ExitCode.NO_ACCESS,
          "role `%s` may not read the ledger `%s` in `%s`"
              .formatted(user, ledger.table(), database),
          "GRANT USAGE ON SCHEMA %1$s TO %2$s; GRANT SELECT ON %3$s TO %2$s"
              .formatted(
                  Identifiers.quote(ledger.table().schema()),
                  Identifiers.quote(user),
                  ledger.table()));
    }
  }
}
