package dev.stampguard.tool;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.LedgerCandidates.Candidate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads what a migration tool recorded in its ledger. */
public final class LedgerReader {
  private final MigrationProject.LedgerLocation location;
  private final String versionColumn;

  /**
   * @param location where the tool's configuration puts the ledger
   * @param versionColumn the column that holds the recorded ids
   */
  public LedgerReader(MigrationProject.LedgerLocation location, String versionColumn) {
    this.location = location;
    this.versionColumn = versionColumn;
  }

  /** The column that holds the recorded ids, unquoted. */
  public String versionColumn() {
    return versionColumn;
  }

  /**
   * Looks the ledger up in the catalog and reads its rows: two messages, one when it is absent. The
   * transaction goes on.
   *
   * @throws dev.stampguard.StampguardException (no access) when it is there and this role may not
   *     read it; it is named
   */
  public Ledger read(ReadOnlyTransaction transaction) {
    return rows(transaction, transaction.run(candidates()), transaction::run);
  }

  /** Looks the ledger up; to travel in one message with other queries. */
  Query<LedgerCandidates> candidates() {
    return Query.of(
        Query.bind(SqlResource.read("ledger-candidates"), List.of(location.table(), versionColumn)),
        this::candidates);
  }

  private LedgerCandidates candidates(ResultSet rows) throws SQLException {
    var found = new ArrayList<Candidate>();
    while (rows.next()) {
      var table = new QualifiedName(rows.getString(1), location.table());
      int width = rows.getInt(3);
      found.add(
          new Candidate(
              table,
              rows.getBoolean(2),
              rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(width)));
    }
    found.sort(Comparator.comparing(Candidate::table));
    return new LedgerCandidates(found);
  }

  /**
   * Reads the rows of the one that counts.
   *
   * @param send how to send the query for them: as one of several, or as the transaction's last
   */
  Ledger rows(
      ReadOnlyTransaction transaction,
      LedgerCandidates candidates,
      Function<Query<List<String>>, List<String>> send) {
    List<String> searchPath = transaction.searchPath();
    Optional<Candidate> chosen = candidates.choose(location, searchPath);
    if (chosen.isEmpty()) {
      QualifiedName expected = expected(searchPath);
      return new Ledger(
          expected, false, List.of(), candidates.others(expected), true, OptionalInt.empty());
    }
    Target target = transaction.connection().target();
    LedgerCandidates.requireReadable(chosen.get(), target.database(), target.user());
    QualifiedName table = chosen.get().table();
    return new Ledger(
        table,
        true,
        send.apply(recorded(table)),
        candidates.others(table),
        location.schema().isPresent() || searchPath.contains(table.schema()),
        chosen.get().width());
  }

  private QualifiedName expected(List<String> searchPath) {
    String schema = location.schema().or(() -> searchPath.stream().findFirst()).orElse("public");
    return new QualifiedName(schema, location.table());
  }

  private Query<List<String>> recorded(QualifiedName table) {
    return Query.of(
        SqlResource.read("ledger-rows").formatted(Identifiers.quote(versionColumn), table),
        rows -> {
          var ids = new ArrayList<String>();
          while (rows.next()) {
            ids.add(rows.getString(1));
          }
          Collections.sort(ids);
          return ids;
        });
  }
}
