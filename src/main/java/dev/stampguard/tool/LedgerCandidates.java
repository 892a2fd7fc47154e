package dev.stampguard.tool;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The tables of one database that may be the ledger, found in the catalog whether readable or not.
 *
 * @param tables schema and readability, sorted by schema
 * @param databaseOwnersPath the schemas that sessions of the database's owner search by themselves
 * @param beside tables that other migration tools keep for themselves, sorted
 */
record LedgerCandidates(
    List<Candidate> tables, List<String> databaseOwnersPath, List<ToolTable> beside) {
  LedgerCandidates {
    tables = List.copyOf(tables);
    databaseOwnersPath = List.copyOf(databaseOwnersPath);
    beside = List.copyOf(beside);
  }

  /**
   * @param table its name
   * @param readable whether this role may read it
   * @param width how many characters its version column takes; empty when it takes any number
   * @param ownersPath the schemas that sessions of its owner search by themselves
   * @param tools whose it may be by its columns; empty when they look like nobody's
   * @param isFilled whether it has, or had, rows
   */
  record Candidate(
      QualifiedName table,
      boolean readable,
      OptionalInt width,
      List<String> ownersPath,
      List<String> tools,
      boolean isFilled) {
    Candidate {
      tools = List.copyOf(tools);
      ownersPath = List.copyOf(ownersPath);
    }

    /** Whether another tool wrote it that gives its ledger the same name. */
    boolean isOfAnother(String tool) {
      return !tools.isEmpty() && !tools.contains(tool) && KnownTable.isLedgerOf(tool, table.name());
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

  /** The same where none is another tool's, unless there is no other. */
  LedgerCandidates of(String tool) {
    List<Candidate> own = tables.stream().filter(table -> !table.isOfAnother(tool)).toList();
    if (own.isEmpty() || own.size() == tables.size()) {
      return this;
    }
    Stream<ToolTable> others =
        tables.stream()
            .filter(table -> table.isOfAnother(tool))
            .map(table -> new ToolTable(table.table(), table.tools(), true, table.isFilled()));
    return new LedgerCandidates(
        own,
        databaseOwnersPath,
        Stream.concat(beside.stream(), others)
            .sorted(Comparator.comparing(ToolTable::table))
            .toList());
  }

  /**
   * Refuses a table of the ledger's name that another tool wrote.
   *
   * @param tool the one that is asked about
   */
  static void requireOwn(Candidate ledger, String tool) {
    if (ledger.isOfAnother(tool)) {
      throw ofAnother(ledger.table(), ledger.tools(), tool);
    }
  }

  /**
   * Refuses to call a ledger absent in whose place another tool's is that goes by the same name.
   *
   * @param tool the one that is asked about
   */
  void requireNoOther(String tool, MigrationProject.LedgerLocation location) {
    beside.stream()
        .filter(other -> other.isLedger() && other.table().name().equals(location.table()))
        .filter(other -> location.schema().filter(s -> !s.equals(other.table().schema())).isEmpty())
        .filter(other -> !other.tools().contains(tool))
        .filter(other -> KnownTable.isLedgerOf(tool, location.table()))
        .findFirst()
        .ifPresent(
            other -> {
              throw ofAnother(other.table(), other.tools(), tool);
            });
  }

  private static StampguardException ofAnother(
      QualifiedName table, List<String> tools, String tool) {
    return new StampguardException(
        ExitCode.USAGE,
        "`%s` is the ledger of %s, not of %s: both tools give it that name"
            .formatted(table, String.join(" or ", tools), tool),
        "name the tool that migrates this database with `--tool`, or the ledger's table with the setting `version-table`");
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
