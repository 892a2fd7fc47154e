package dev.stampguard.tool;

import static java.util.stream.Collectors.joining;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.LedgerCandidates.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what a migration tool recorded in its ledger. */
public final class LedgerReader {
  /** Between the names of a list in {@code ledger-candidates.sql}. */
  private static final String SEPARATOR = "\u001f";

  private final MigrationProject.LedgerLocation location;
  private final String versionColumn;
  private final Optional<LedgerFormat> format;
  private final Optional<String> tool;

  /**
   * @param location where the tool's configuration puts the ledger
   * @param versionColumn the column that holds the recorded ids
   */
  public LedgerReader(MigrationProject.LedgerLocation location, String versionColumn) {
    this(location, versionColumn, Optional.empty(), Optional.empty());
  }

  /** For a ledger whose rows say more than ids. */
  public LedgerReader(MigrationProject.LedgerLocation location, LedgerFormat format) {
    this(location, format.column(), Optional.of(format), Optional.empty());
  }

  private LedgerReader(
      MigrationProject.LedgerLocation location,
      String versionColumn,
      Optional<LedgerFormat> format,
      Optional<String> tool) {
    this.location = location;
    this.versionColumn = versionColumn;
    this.format = format;
    this.tool = tool;
  }

  /**
   * As this one, which reads no other tool's ledger that goes by the same name.
   *
   * @param name whose it is, as {@link MigrationTool#name()}
   */
  public LedgerReader of(String name) {
    return new LedgerReader(location, versionColumn, format, Optional.of(name));
  }

  /** Reads the ids as they stand, whatever else the rows say. */
  public LedgerReader plain() {
    return new LedgerReader(location, versionColumn, Optional.empty(), tool);
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
    LedgerCandidates candidates = transaction.run(candidates().query());
    return rows(
        transaction.searchPath(),
        transaction.connection().target(),
        candidates,
        rows -> transaction.run(rows.query()));
  }

  /** Looks the ledger up; to travel in one message with other queries. */
  RowQuery<LedgerCandidates> candidates() {
    String names =
        Stream.concat(KnownTable.names().stream(), Stream.of(location.table()))
            .distinct()
            .collect(joining(SEPARATOR));
    return RowQuery.each(
            Query.bind(
                SqlResource.read("ledger-candidates"),
                List.of(location.table(), names, versionColumn)),
            row -> row)
        .map(this::candidates);
  }

  private LedgerCandidates candidates(List<Row> rows) {
    List<Row> tables = rows.stream().filter(row -> row.text(1) != null).toList();
    var paths = new HashMap<String, List<String>>();
    List<String> databaseOwnersPath = List.of();
    for (Row role : rows) {
      if (role.text(1) == null) {
        List<String> path =
            SearchPaths.ofRole(role.text(2), role.text(7), Set.copyOf(parts(role.text(5))));
        paths.put(role.text(3), path);
        if (role.isTrue(4)) {
          databaseOwnersPath = path;
        }
      }
    }
    var found = new ArrayList<Candidate>();
    var beside = new ArrayList<ToolTable>();
    for (Row table : tables) {
      if (table.text(6) == null) {
        ofOtherTool(table, tables).ifPresent(beside::add);
      } else {
        String width = table.text(7);
        found.add(
            new Candidate(
                new QualifiedName(table.text(1), location.table()),
                table.isTrue(6),
                width == null || format.isPresent()
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(width)),
                paths.get(table.text(3)),
                owners(table, tables).stream().map(KnownTable::tool).toList(),
                table.isTrue(4)));
      }
    }
    found.sort(Comparator.comparing(Candidate::table));
    beside.sort(Comparator.comparing(ToolTable::table));
    var candidates = new LedgerCandidates(found, databaseOwnersPath, beside);
    return tool.map(candidates::of).orElse(candidates);
  }

  private static List<String> parts(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR, -1));
  }

  private static Optional<ToolTable> ofOtherTool(Row row, List<Row> rows) {
    List<KnownTable> known = owners(row, rows);
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ToolTable(
                new QualifiedName(row.text(1), row.text(2)),
                known.stream().map(KnownTable::tool).distinct().sorted().toList(),
                known.getFirst().isLedger(),
                row.isTrue(4)));
  }

  /** Whose a table may be by name and columns; Rails leaves a second table beside its ledger. */
  private static List<KnownTable> owners(Row row, List<Row> rows) {
    List<KnownTable> known =
        KnownTable.of(row.text(1), row.text(2), Set.copyOf(parts(row.text(5))));
    if (known.size() < 2) {
      return known;
    }
    boolean isOfRails =
        rows.stream()
            .anyMatch(
                other ->
                    row.text(1).equals(other.text(1))
                        && KnownTable.RAILS_MARK.equals(other.text(2)));
    return known.stream().filter(owner -> owner.tool().equals("rails") == isOfRails).toList();
  }

  private Optional<Candidate> choose(LedgerCandidates candidates, List<String> searchPath) {
    boolean isOnlyInFirst =
        location.schema().isEmpty() && format.filter(LedgerFormat::isOnlyInFirst).isPresent();
    return candidates.choose(
        isOnlyInFirst && !searchPath.isEmpty()
            ? new MigrationProject.LedgerLocation(
                Optional.of(searchPath.getFirst()), location.table())
            : location,
        searchPath);
  }

  /**
   * Where names without a schema may have gone.
   *
   * @param own the schemas this connection searches by itself, in order
   */
  SearchPaths searchPaths(LedgerCandidates candidates, List<String> own) {
    Optional<Candidate> chosen = choose(candidates, own);
    if (format.filter(LedgerFormat::leadsNames).isPresent() && location.schema().isPresent()) {
      // Such a tool puts the ledger's schema in front of the search path.
      var path = new ArrayList<String>(List.of(location.schema().get()));
      own.stream().filter(schema -> !path.contains(schema)).forEach(path::add);
      return new SearchPaths(path, location.schema(), path);
    }
    return new SearchPaths(
        own,
        chosen.map(ledger -> ledger.table().schema()).filter(s -> location.schema().isEmpty()),
        chosen.map(Candidate::ownersPath).orElse(candidates.databaseOwnersPath()));
  }

  /**
   * Reads the rows of the one that counts.
   *
   * @param searchPath the schemas the connection searches by itself
   * @param target what is connected to
   * @param send how to send the query for them: as one of several, or as the transaction's last
   */
  Ledger rows(
      List<String> searchPath,
      Target target,
      LedgerCandidates candidates,
      Function<RowQuery<LedgerFormat.Recorded>, LedgerFormat.Recorded> send) {
    Optional<Candidate> chosen = choose(candidates, searchPath);
    if (chosen.isEmpty()) {
      tool.ifPresent(own -> candidates.requireNoOther(own, location));
      QualifiedName expected = expected(searchPath);
      return absent(expected, candidates.others(expected), candidates.beside());
    }
    LedgerCandidates.requireReadable(chosen.get(), target.database(), target.user());
    tool.ifPresent(own -> LedgerCandidates.requireOwn(chosen.get(), own));
    QualifiedName table = chosen.get().table();
    LedgerFormat.Recorded recorded = send.apply(recorded(table));
    return new Ledger(
        table,
        true,
        recorded.rows(),
        candidates.others(table),
        location.schema().isPresent()
            || searchPath.contains(table.schema())
            || format.flatMap(LedgerFormat::ownSchema).filter(table.schema()::equals).isPresent(),
        chosen.get().width(),
        recorded.marks(),
        companions(table.schema()),
        candidates.beside(),
        manner());
  }

  private LedgerManner manner() {
    return format.map(LedgerFormat::manner).orElse(LedgerManner.PLAIN);
  }

  /** Tables that the tool keeps beside the ledger of a schema. */
  List<QualifiedName> companions(String schema) {
    return format.map(LedgerFormat::companions).orElse(List.of()).stream()
        .map(name -> new QualifiedName(schema, name))
        .toList();
  }

  /** The ledger of a schema that has none. */
  Ledger absent(String schema) {
    return absent(new QualifiedName(schema, location.table()), List.of(), List.of());
  }

  private Ledger absent(
      QualifiedName expected, List<QualifiedName> others, List<ToolTable> beside) {
    return new Ledger(
        expected,
        false,
        List.of(),
        others,
        true,
        OptionalInt.empty(),
        format.flatMap(known -> known.read(List.of()).marks()),
        companions(expected.schema()),
        beside,
        manner());
  }

  /** The rows of the ledger of one schema, sorted. */
  RowQuery<LedgerFormat.Recorded> recordedIn(String schema) {
    return recorded(new QualifiedName(schema, location.table()));
  }

  /** The one schema that the configuration puts the ledger into; empty when a search path does. */
  Optional<String> ownSchema() {
    return location.schema();
  }

  private QualifiedName expected(List<String> searchPath) {
    String schema = location.schema().or(() -> searchPath.stream().findFirst()).orElse("public");
    return new QualifiedName(schema, location.table());
  }

  /** Where the ledger is as a rule: where the tool is told to put it, else in {@code public}. */
  QualifiedName usualPlace() {
    return new QualifiedName(location.schema().orElse("public"), location.table());
  }

  /** The rows of one table. */
  RowQuery<LedgerFormat.Recorded> recorded(QualifiedName table) {
    if (format.isPresent()) {
      return RowQuery.each(format.get().sql(table), row -> row).map(format.get()::read);
    }
    return RowQuery.each(
            SqlResource.read("ledger-rows").formatted(Identifiers.quote(versionColumn), table),
            row -> row.text(1))
        .map(ids -> new LedgerFormat.Recorded(ids.stream().sorted().toList(), Optional.empty()));
  }
}
