package dev.stampguard.tool;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.ServerVersion;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Objects;

/**
 * What is in a database and what its ledger claims, at one moment.
 *
 * @param catalog what is physically there, the ledger's own table included
 * @param ledger what is recorded
 * @param searchPath the schemas the connection searches by itself, in order
 */
public record Inspection(CatalogSnapshot catalog, Ledger ledger, List<String> searchPath) {
  public Inspection {
    Objects.requireNonNull(catalog);
    Objects.requireNonNull(ledger);
    searchPath = List.copyOf(searchPath);
  }

  /** Where a name without a schema goes. */
  public String defaultSchema() {
    return searchPath.isEmpty() ? "public" : searchPath.getFirst();
  }

  private record Looked(CatalogSnapshot catalog, LedgerCandidates candidates) {}

  /**
   * Reads both in one transaction and two round trips: catalog and the ledger's whereabouts, then
   * its rows and the end of the transaction.
   *
   * @throws dev.stampguard.StampguardException as {@link CatalogReader#read} and {@link
   *     LedgerReader#read} say
   */
  public static Inspection of(
      PostgresConnection connection, CatalogDepth depth, LedgerReader ledger) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      Looked looked =
          transaction.run(
              CatalogReader.query(connection, depth).and(ledger.candidates().query(), Looked::new));
      return new Inspection(
          looked.catalog(),
          ledger.rows(
              transaction.searchPath(),
              connection.target(),
              looked.candidates(),
              rows -> transaction.runLast(rows.query())),
          transaction.searchPath());
    }
  }

  /** Brings the rows of one statement, over a connection that is not ours. */
  public interface Rows {
    /** With the settings of {@link ReadOnlyTransaction}. */
    <T> T of(RowQuery<T> query);

    /** As the connection is by itself. */
    <T> T unpinned(RowQuery<T> query);
  }

  /**
   * Reads both, with definitions, over a connection that is not ours.
   *
   * @param target what it is connected to
   * @param version of its server
   * @throws dev.stampguard.StampguardException as {@link #of} says
   */
  public static Inspection through(
      Rows rows, Target target, ServerVersion version, LedgerReader ledger) {
    List<String> searchPath =
        rows.unpinned(RowQuery.each(SqlResource.read("search-path"), row -> row.text(1)));
    CatalogSnapshot catalog = rows.of(CatalogReader.definitions(target.database(), version));
    LedgerCandidates candidates = rows.of(ledger.candidates());
    return new Inspection(
        catalog, ledger.rows(searchPath, target, candidates, rows::of), searchPath);
  }
}
