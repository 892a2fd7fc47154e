package dev.stampguard.tool;

import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.ServerVersion;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /** The catalog, and per ledger where it may be. */
  private record Looked(Optional<CatalogSnapshot> catalog, List<LedgerCandidates> candidates) {}

  private record Guessed(List<LedgerFormat.Recorded> rows, Looked looked) {}

  /**
   * What came of looking where the ledger is as a rule.
   *
   * @param inspections none when one is elsewhere, or the catalog takes a thorough look
   * @param isThorough whether it does
   */
  private record FirstLook(List<Inspection> inspections, boolean isThorough) {}

  /**
   * Reads both in one transaction and one round trip; in a few more where the ledger is not in its
   * usual place or something is there that takes a thorough look.
   *
   * @throws dev.stampguard.StampguardException as {@link CatalogReader#read} and {@link
   *     LedgerReader#read} say
   */
  public static Inspection of(
      PostgresConnection connection, CatalogDepth depth, LedgerReader ledger) {
    return ofEach(connection, depth, List.of(ledger)).getFirst();
  }

  /**
   * As {@link #of}, of several ledgers of one database at the same moment: the catalog is read
   * once.
   *
   * @param ledgers at least one
   * @return one per ledger, in the same order
   */
  public static List<Inspection> ofEach(
      PostgresConnection connection, CatalogDepth depth, List<LedgerReader> ledgers) {
    Query<Optional<CatalogSnapshot>> quick = CatalogReader.quick(connection, depth);
    FirstLook first = atOnce(connection, quick, ledgers);
    return first.inspections().isEmpty()
        ? stepByStep(
            connection,
            first.isThorough() ? CatalogReader.query(connection, depth).map(Optional::of) : quick,
            depth,
            ledgers)
        : first.inspections();
  }

  /**
   * An inspection, and which edition it saw.
   *
   * @param edition empty where that takes more than one round trip, or nothing tells
   */
  public record Dated(Inspection inspection, Optional<Edition> edition) {}

  /** As {@link #of} with definitions, with the edition it saw. */
  public static Dated dated(PostgresConnection connection, LedgerReader ledger) {
    Optional<Query<Row>> edition = CatalogReader.edition(connection.version());
    if (edition.isEmpty()) {
      return new Dated(of(connection, CatalogDepth.DEFINITIONS, ledger), Optional.empty());
    }
    var seen = new AtomicReference<Row>();
    Query<Optional<CatalogSnapshot>> quick =
        CatalogReader.quick(connection, CatalogDepth.DEFINITIONS)
            .and(
                edition.get(),
                (catalog, row) -> {
                  seen.set(row);
                  return catalog;
                });
    FirstLook first = atOnce(connection, quick, List.of(ledger));
    if (first.inspections().isEmpty()) {
      return new Dated(of(connection, CatalogDepth.DEFINITIONS, ledger), Optional.empty());
    }
    Inspection inspection = first.inspections().getFirst();
    return new Dated(
        inspection,
        Optional.of(edition(inspection.ledger(), inspection.searchPaths(), seen.get())));
  }

  private static Edition edition(Ledger ledger, SearchPaths paths, Row row) {
    return new Edition(List.of(row.text(1), ledger.toString(), paths.toString()), row.text(2));
  }

  /**
   * The edition that is there now, without reading the catalog: one round trip.
   *
   * @return empty where the ledger is not where it is as a rule, or nothing tells
   * @throws dev.stampguard.StampguardException when the connection is lost
   */
  public static Optional<Edition> edition(PostgresConnection connection, LedgerReader ledger) {
    Optional<Query<Row>> edition = CatalogReader.edition(connection.version());
    if (edition.isEmpty()) {
      return Optional.empty();
    }
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      return transaction
          .runAlone(
              ledger
                  .recorded(ledger.usualPlace())
                  .query()
                  .and(ledger.candidates().query(), Told::new)
                  .and(edition.get(), Told::with))
          .flatMap(told -> told.edition(transaction, ledger));
    }
  }

  /** What one message brings beside the catalog. */
  private record Told(LedgerFormat.Recorded rows, LedgerCandidates candidates, Row catalog) {
    Told(LedgerFormat.Recorded rows, LedgerCandidates candidates) {
      this(rows, candidates, new Row());
    }

    Told with(Row row) {
      return new Told(rows, candidates, row);
    }

    Optional<Edition> edition(ReadOnlyTransaction transaction, LedgerReader reader) {
      List<String> path = transaction.searchPath();
      Ledger ledger =
          reader.rows(path, transaction.connection().target(), candidates, unread -> rows);
      return ledger.exists() && ledger.table().equals(reader.usualPlace())
          ? Optional.of(Inspection.edition(ledger, reader.searchPaths(candidates, path), catalog))
          : Optional.empty();
    }
  }

  private static Query<Looked> looked(
      Query<Optional<CatalogSnapshot>> catalog, List<LedgerReader> ledgers) {
    return catalog.and(
        Query.all(ledgers.stream().map(ledger -> ledger.candidates().query()).toList()),
        Looked::new);
  }

  /** The ledgers' rows come first: a message that the server refuses then costs next to nothing. */
  private static FirstLook atOnce(
      PostgresConnection connection,
      Query<Optional<CatalogSnapshot>> quick,
      List<LedgerReader> ledgers) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      Optional<Guessed> guessed =
          transaction.runAlone(
              Query.all(
                      ledgers.stream()
                          .map(ledger -> ledger.recorded(ledger.usualPlace()).query())
                          .toList())
                  .and(looked(quick, ledgers), Guessed::new));
      if (guessed.isEmpty() || guessed.get().looked().catalog().isEmpty()) {
        return new FirstLook(List.of(), guessed.isPresent());
      }
      List<Inspection> inspections =
          IntStream.range(0, ledgers.size())
              .mapToObj(
                  i ->
                      inspection(
                          transaction,
                          ledgers.get(i),
                          guessed.get().looked().catalog().get(),
                          guessed.get().looked().candidates().get(i),
                          rows -> guessed.get().rows().get(i)))
              .toList();
      boolean isRight =
          IntStream.range(0, ledgers.size())
              .allMatch(
                  i ->
                      inspections.get(i).ledger().exists()
                          && inspections
                              .get(i)
                              .ledger()
                              .table()
                              .equals(ledgers.get(i).usualPlace()));
      return new FirstLook(isRight ? inspections : List.of(), false);
    }
  }

  private static Inspection inspection(
      ReadOnlyTransaction transaction,
      LedgerReader ledger,
      CatalogSnapshot catalog,
      LedgerCandidates candidates,
      Function<RowQuery<LedgerFormat.Recorded>, LedgerFormat.Recorded> send) {
    return new Inspection(
        catalog,
        ledger.rows(transaction.searchPath(), transaction.connection().target(), candidates, send),
        ledger.searchPaths(candidates, transaction.searchPath()));
  }

  private static List<Inspection> stepByStep(
      PostgresConnection connection,
      Query<Optional<CatalogSnapshot>> query,
      CatalogDepth depth,
      List<LedgerReader> ledgers) {
    try (ReadOnlyTransaction transaction = connection.readOnly()) {
      Looked looked = transaction.run(looked(query, ledgers));
      CatalogSnapshot catalog =
          looked.catalog().orElseGet(() -> transaction.run(CatalogReader.query(connection, depth)));
      boolean isOne = ledgers.size() == 1;
      return IntStream.range(0, ledgers.size())
          .mapToObj(
              i ->
                  inspection(
                      transaction,
                      ledgers.get(i),
                      catalog,
                      looked.candidates().get(i),
                      rows ->
                          isOne
                              ? transaction.runLast(rows.query())
                              : transaction.run(rows.query())))
          .toList();
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
        catalog,
        ledger.rows(searchPath, target, candidates, rows::of),
        ledger.searchPaths(candidates, searchPath));
  }
}
