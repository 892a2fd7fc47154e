package dev.stampguard.tool;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.tool.LedgerCandidates.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is in a database whose schemas have a ledger each, at one moment.
 *
 * @param catalog everything there is
 * @param ledgers what each of the schemas claims, by schema; one that must not be read is missing
 * @param unreadable why not, by schema
 */
public record SchemaInspections(
    CatalogSnapshot catalog,
    SortedMap<String, Ledger> ledgers,
    SortedMap<String, StampguardException> unreadable) {
  public SchemaInspections {
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
  }

  private record Looked(CatalogSnapshot catalog, LedgerCandidates candidates) {}

  /** The schemas, sorted. */
  public List<String> schemas() {
    var schemas = new TreeSet<>(ledgers.keySet());
    schemas.addAll(unreadable.keySet());
    return List.copyOf(schemas);
  }

  /**
   * Reads all of them in one transaction and two round trips.
   *
   * @param fits which schemas are meant
   * @throws StampguardException as {@link CatalogReader#read} says; (usage) when the tool's
   *     configuration puts the ledger into one schema
   */
  public static SchemaInspections of(
      PostgresConnection connection,
      CatalogDepth depth,
      LedgerReader ledger,
      Predicate<String> fits) {
    ledger
        .ownSchema()
        .ifPresent(
            schema -> {
              throw new StampguardException(
                  ExitCode.USAGE,
                  "the configuration puts the ledger into the schema `%s`, and each schema is to"
                          .formatted(schema)
                      + " have its own",
                  "check the database as a whole, without `--schemas`");
            });
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      Looked looked =
          transaction.run(
              CatalogReader.query(connection, depth).and(ledger.candidates().query(), Looked::new));
      return ledgers(transaction, ledger, looked, fits);
    }
  }

  private static SchemaInspections ledgers(
      ReadOnlyTransaction transaction, LedgerReader ledger, Looked looked, Predicate<String> fits) {
    var ledgers = new TreeMap<String, Ledger>();
    var unreadable = new TreeMap<String, StampguardException>();
    var readable = new ArrayList<Candidate>();
    schemas(looked.catalog())
        .filter(fits)
        .forEach(schema -> ledgers.put(schema, ledger.absent(schema)));
    for (Candidate candidate : looked.candidates().tables()) {
      String schema = candidate.table().schema();
      if (!ledgers.containsKey(schema)) {
        continue;
      }
      try {
        LedgerCandidates.requireReadable(
            candidate,
            transaction.connection().target().database(),
            transaction.connection().target().user());
        readable.add(candidate);
      } catch (StampguardException e) {
        ledgers.remove(schema);
        unreadable.put(schema, e);
      }
    }
    if (!readable.isEmpty()) {
      Map<String, LedgerFormat.Recorded> rows =
          transaction.runLast(
              rows(readable.stream().map(found -> found.table().schema()).toList(), ledger));
      for (Candidate candidate : readable) {
        QualifiedName table = candidate.table();
        LedgerFormat.Recorded recorded = rows.get(table.schema());
        ledgers.put(
            table.schema(),
            new Ledger(
                table,
                true,
                recorded.rows(),
                List.of(),
                true,
                candidate.width(),
                recorded.marks(),
                ledger.companions(table.schema())));
      }
    }
    return new SchemaInspections(looked.catalog(), ledgers, unreadable);
  }

  /** Every schema there is: {@code public} is the one that a snapshot does not name. */
  private static Stream<String> schemas(CatalogSnapshot catalog) {
    return Stream.concat(
        Stream.of("public"),
        catalog.objects().keySet().stream()
            .filter(name -> name.kind() == ObjectKind.SCHEMA)
            .map(name -> name.parts().getFirst()));
  }

  /** The rows of many ledgers in one message. */
  private static Query<Map<String, LedgerFormat.Recorded>> rows(
      List<String> schemas, LedgerReader ledger) {
    List<RowQuery<LedgerFormat.Recorded>> queries =
        schemas.stream().map(ledger::recordedIn).toList();
    return new Query<>(
        String.join(";\n", queries.stream().map(RowQuery::sql).toList()),
        results -> {
          var rows = new TreeMap<String, LedgerFormat.Recorded>();
          for (int i = 0; i < schemas.size(); i++) {
            rows.put(schemas.get(i), RowQuery.read(results.next(), queries.get(i).reader().get()));
          }
          return rows;
        });
  }
}
