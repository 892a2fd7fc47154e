package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogComparison;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.RowCounts;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockReader;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.target.Target;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/** Compares two schemas, definitions included. */
public final class Comparer {
  private final PostgresConnector connector;

  public Comparer(PostgresConnector connector) {
    this.connector = connector;
  }

  /** Something that has a schema. */
  public sealed interface Comparand {
    /** A database. */
    record Database(Target target) implements Comparand {
      public Database {
        Objects.requireNonNull(target);
      }
    }

    /**
     * What a lock file's revisions leave when all of them are applied.
     *
     * @param file the lock file
     */
    record Lock(Path file) implements Comparand {
      public Lock {
        Objects.requireNonNull(file);
      }
    }
  }

  /**
   * One side's part of a comparison.
   *
   * @param catalog what is there
   * @param rows exact row counts; empty unless asked for
   */
  public record Side(CatalogSnapshot catalog, SortedMap<QualifiedName, Long> rows) {}

  /**
   * Both sides and what tells them apart.
   *
   * @param left the first one
   * @param right the second one
   * @param comparison what differs
   */
  public record Comparison(Side left, Side right, CatalogComparison comparison) {}

  /**
   * Reads both and compares them.
   *
   * @param ledger the ledger's table, which is left out of the comparison; empty without a tool
   * @param countRows whether to count every table's rows
   * @throws dev.stampguard.StampguardException (usage) when a lock file is not there or is broken;
   *     (no access) when a database cannot be read
   */
  public Comparison compare(
      Comparand left, Comparand right, Optional<String> ledger, boolean countRows) {
    Side first = read(left, countRows);
    Side second = read(right, countRows);
    return new Comparison(
        first,
        second,
        CatalogComparison.of(
            withoutLedgers(first.catalog(), ledger), withoutLedgers(second.catalog(), ledger)));
  }

  private Side read(Comparand comparand, boolean countRows) {
    return switch (comparand) {
      case Comparand.Database(Target target) -> read(target, countRows);
      case Comparand.Lock(Path file) -> read(file);
    };
  }

  private static Side read(Path file) {
    LockFile lock =
        LockReader.read(file)
            .orElseThrow(
                () ->
                    new StampguardException(
                        ExitCode.USAGE,
                        "there is no lock file `%s`".formatted(file),
                        "write it with `stampguard snapshot`"));
    return new Side(
        CatalogSnapshot.of(String.valueOf(lock.postgresMajor()), lock.objects()),
        Collections.emptySortedMap());
  }

  private Side read(Target target, boolean countRows) {
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      CatalogSnapshot catalog = CatalogReader.read(transaction, CatalogDepth.DEFINITIONS);
      return new Side(
          catalog,
          countRows ? RowCounts.read(transaction, tables(catalog)) : Collections.emptySortedMap());
    }
  }

  private static List<QualifiedName> tables(CatalogSnapshot catalog) {
    return catalog.objects().keySet().stream()
        .filter(name -> name.kind() == ObjectKind.TABLE)
        .map(name -> new QualifiedName(name.parts().get(0), name.parts().get(1)))
        .toList();
  }

  private static CatalogSnapshot withoutLedgers(CatalogSnapshot catalog, Optional<String> ledger) {
    CatalogSnapshot kept = catalog;
    for (QualifiedName table : tables(catalog)) {
      if (ledger.filter(table.name()::equals).isPresent()) {
        kept = kept.withoutRelation(table);
      }
    }
    return kept;
  }
}
