package dev.stampguard.backup;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogReader;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.lock.CatalogFingerprint;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Results;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the state of a database, which takes as long as reading every row. */
public final class StateReader {
  /** Counting may take long, and nobody waits for it to answer. */
  private static final StatementTimeout FOR_ALL_ROWS = new StatementTimeout(Duration.ofDays(1));

  private static final LockTimeout LOCK = new LockTimeout(Duration.ofSeconds(10));
  private static final int DIGEST = 32;

  private final Optional<LedgerReader> ledger;

  /**
   * @param ledger reads the ledger; empty without a migration tool
   */
  public StateReader(Optional<LedgerReader> ledger) {
    this.ledger = ledger.map(LedgerReader::plain);
  }

  /**
   * A state beside an earlier one.
   *
   * @param state what there is
   * @param written how many rows of each table the earlier state cannot have seen; tables without
   *     such rows are left out
   */
  public record Since(DatabaseState state, SortedMap<String, Long> written) {
    public Since {
      Objects.requireNonNull(state);
      written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
    }
  }

  private record Head(
      String snapshot, String identity, long largeObjects, List<QualifiedName> tables) {}

  /**
   * Reads the state of a moment.
   *
   * @throws StampguardException (no access) when the role may not read all of it; (refused,
   *     passing) when the schema is changing
   */
  public DatabaseState read(PostgresConnector connector, Target target) {
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = begin(connection)) {
      return read(transaction, table -> {});
    }
  }

  /** A transaction that may take as long as all rows take. */
  public static ReadOnlyTransaction begin(PostgresConnection connection) {
    return connection.readOnly(FOR_ALL_ROWS, LOCK);
  }

  /**
   * Reads the state that a transaction sees.
   *
   * @param watcher is told each table before its rows are counted
   */
  public DatabaseState read(ReadOnlyTransaction transaction, Consumer<String> watcher) {
    return read(transaction, watcher, Optional.empty()).state();
  }

  /** Reads the state that a transaction sees, and what was written since an earlier one. */
  public Since readSince(ReadOnlyTransaction transaction, DatabaseState earlier) {
    return read(transaction, table -> {}, Optional.of(earlier));
  }

  /** Only the fingerprint of the catalog without the ledger, which needs no row to be counted. */
  public CatalogFingerprint fingerprint(ReadOnlyTransaction transaction) {
    CatalogSnapshot catalog = CatalogReader.read(transaction, CatalogDepth.DEFINITIONS).dumped();
    return fingerprint(catalog, ledger.map(reader -> reader.read(transaction)));
  }

  private static CatalogFingerprint fingerprint(CatalogSnapshot catalog, Optional<Ledger> ledger) {
    return CatalogFingerprint.of(
        ledger
            .map(found -> catalog.withoutRelation(found.table()))
            .orElse(catalog)
            .objects()
            .values());
  }

  private Since read(
      ReadOnlyTransaction transaction, Consumer<String> watcher, Optional<DatabaseState> earlier) {
    CatalogSnapshot catalog = CatalogReader.read(transaction, CatalogDepth.DEFINITIONS).dumped();
    Optional<Ledger> recorded = ledger.map(reader -> reader.read(transaction));
    Head head = transaction.run(new Query<>(SqlResource.read("state-head"), StateReader::head));
    Map<QualifiedName, String> digests = digests(catalog);
    var tables = new TreeMap<String, TableState>();
    var written = new TreeMap<String, Long>();
    for (QualifiedName table : head.tables()) {
      watcher.accept(table.toString());
      long[] counted = count(transaction, table, earlier, head);
      tables.put(table.toString(), new TableState(counted[0], digests.getOrDefault(table, "")));
      if (counted[1] > 0) {
        written.put(table.toString(), counted[1]);
      }
    }
    return new Since(
        new DatabaseState(
            fingerprint(catalog, recorded),
            tables,
            recorded.map(Ledger::rows).orElse(List.of()),
            head.snapshot(),
            head.identity(),
            head.largeObjects()),
        written);
  }

  private static Head head(Results results) throws SQLException {
    ResultSet moment = results.next();
    moment.next();
    String snapshot = moment.getString(1);
    String identity = moment.getString(2);
    long largeObjects = moment.getLong(3);
    var tables = new ArrayList<QualifiedName>();
    ResultSet rows = results.next();
    while (rows.next()) {
      tables.add(new QualifiedName(rows.getString(1), rows.getString(2)));
    }
    return new Head(snapshot, identity, largeObjects, tables);
  }

  /** All rows, and those written since. In another database every row counts as written since. */
  private static long[] count(
      ReadOnlyTransaction transaction,
      QualifiedName table,
      Optional<DatabaseState> earlier,
      Head head) {
    boolean isComparable =
        earlier.filter(state -> state.identity().equals(head.identity())).isPresent();
    String sql =
        isComparable
            ? SqlResource.read("state-rows-since").formatted(table, earlier.get().snapshot())
            : SqlResource.read("state-rows").formatted(table);
    long[] counted =
        transaction.run(
            Query.of(
                sql,
                rows -> {
                  rows.next();
                  return new long[] {rows.getLong(1), rows.getLong(2)};
                }));
    return earlier.isPresent() && !isComparable ? new long[] {counted[0], counted[0]} : counted;
  }

  private static Map<QualifiedName, String> digests(CatalogSnapshot catalog) {
    var parts = new HashMap<QualifiedName, List<CatalogObject>>();
    for (CatalogObject object : catalog.objects().values()) {
      relation(object)
          .ifPresent(table -> parts.computeIfAbsent(table, t -> new ArrayList<>()).add(object));
    }
    var digests = new HashMap<QualifiedName, String>();
    parts.forEach(
        (table, objects) ->
            digests.put(table, CatalogFingerprint.of(objects).hex().substring(0, DIGEST)));
    return digests;
  }

  private static Optional<QualifiedName> relation(CatalogObject object) {
    return object.name().kind() == ObjectKind.TABLE
        ? Optional.of(new QualifiedName(object.name().parts().get(0), object.name().parts().get(1)))
        : object.relation();
  }
}
