package dev.stampguard.tool;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
import java.util.Objects;

/**
 * What is in a database and what its ledger claims, at one moment.
 *
 * @param catalog what is physically there, the ledger's own table included
 * @param ledger what is recorded
 */
public record Inspection(CatalogSnapshot catalog, Ledger ledger) {
  public Inspection {
    Objects.requireNonNull(catalog);
    Objects.requireNonNull(ledger);
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
              CatalogReader.query(connection, depth).and(ledger.candidates(), Looked::new));
      return new Inspection(
          looked.catalog(), ledger.rows(transaction, looked.candidates(), transaction::runLast));
    }
  }
}
