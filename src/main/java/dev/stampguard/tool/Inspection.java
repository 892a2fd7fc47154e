package dev.stampguard.tool;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is in a database and what its ledger claims, at one moment.
 *
 * @param catalog what is physically there, the ledger's own table included
 * @param ledger what is recorded
 * @param searchPaths where names without a schema may have gone
 */
public record Inspection(CatalogSnapshot catalog, Ledger ledger, SearchPaths searchPaths) {
  public Inspection {
    Objects.requireNonNull(catalog);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(searchPaths);
  }

  /**
   * Where the scripts' names without a schema went. Where the ledger and this connection's search
   * path do not agree, it is the schema that holds most of the relations which the scripts make
   * under such names; the ledger's when none holds any.
   */
  public String defaultSchema(Scripts scripts) {
    List<String> candidates = searchPaths.candidates();
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    Set<String> names =
        scripts.operations().values().stream()
            .flatMap(List::stream)
            .flatMap(operation -> operation.createdRelation().stream())
            .filter(relation -> relation.schema().equals(SchemaOperation.SEARCH_PATH))
            .map(QualifiedName::name)
            .collect(Collectors.toSet());
    String best = candidates.getFirst();
    long most = 0;
    for (String schema : candidates) {
      long found =
          names.stream()
              .filter(name -> catalog.containsRelation(new QualifiedName(schema, name)))
              .count();
      if (found > most) {
        best = schema;
        most = found;
      }
    }
    return best;
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
          looked.catalog(),
          ledger.rows(transaction, looked.candidates(), transaction::runLast),
          ledger.searchPaths(looked.candidates(), transaction.searchPath()));
    }
  }
}
