package dev.stampguard.tool.ledger;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Row;
import dev.stampguard.tool.ForeignRelations;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerManner;
import dev.stampguard.tool.LedgerMarks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A ledger that keeps a row for each revision, or several of which the last one counts. */
public final class RowLedger implements LedgerBook {
  private final LedgerShape shape;
  private final Supplier<? extends LedgerEntries> entries;

  /**
   * @param entries asked for only when rows are there to be understood or written
   */
  public RowLedger(LedgerShape shape, Supplier<? extends LedgerEntries> entries) {
    this.shape = shape;
    this.entries = entries;
  }

  @Override
  public String column() {
    return shape.mark();
  }

  @Override
  public LedgerManner manner() {
    return shape.manner();
  }

  @Override
  public List<String> companions() {
    return shape.companions();
  }

  @Override
  public Optional<String> ownSchema() {
    return shape.ownSchema();
  }

  @Override
  public boolean isOnlyInFirst() {
    return shape.isOnlyInFirst();
  }

  @Override
  public boolean leadsNames() {
    return false;
  }

  @Override
  public String sql(QualifiedName table) {
    return "SELECT %s FROM %s AS ledger ORDER BY %s"
        .formatted(
            Stream.concat(
                    shape.columns().stream()
                        .map(column -> "ledger." + Identifiers.quote(column) + "::text"),
                    shape.further().stream()
                        .map(
                            column ->
                                "pg_catalog.to_jsonb(ledger) ->> " + LedgerEntries.literal(column)))
                .collect(Collectors.joining(", ")),
            table,
            shape.order());
  }

  private LedgerRow row(List<String> texts) {
    return LedgerRow.of(shape.all(), texts);
  }

  @Override
  public Recorded read(List<Row> rows) {
    LedgerEntries known = entries.get();
    List<List<String>> texts = rows.stream().map(Row::texts).toList();
    var failed = new TreeSet<String>();
    var edited = new TreeSet<String>();
    Map<String, Said> standing = standing(known, texts);
    standing.forEach(
        (id, said) -> {
          switch (said.kind()) {
            case FAILED -> failed.add(id);
            case EDITED -> edited.add(id);
            case APPLIED, REVOKED, NOTHING -> {
              // Nothing is wrong with it.
            }
          }
        });
    List<String> recorded = standing.keySet().stream().sorted().toList();
    List<LedgerRow> all = texts.stream().map(this::row).toList();
    return new Recorded(
        recorded,
        Optional.of(
            new LedgerMarks(
                heads(known.order(), standing.keySet()),
                failed,
                known.edited(edited, standing.keySet()),
                Set.of(),
                known.late(standing.keySet(), all),
                texts,
                ForeignRelations.NONE,
                Map.of(),
                known.passed(all))));
  }

  /** What counts, by revision. */
  private Map<String, Said> standing(LedgerEntries known, List<List<String>> texts) {
    var standing = new LinkedHashMap<String, Said>();
    for (List<String> row : texts) {
      Said said = known.said(row(row));
      known
          .implied(row(row))
          .forEach(id -> standing.putIfAbsent(id, new Said(id, Said.Kind.APPLIED)));
      switch (said.kind()) {
        case APPLIED, FAILED, EDITED -> standing.put(said.revision(), said);
        case REVOKED -> standing.remove(said.revision());
        case NOTHING -> {
          // It is not about what is there now.
        }
      }
    }
    return standing;
  }

  /** The last revision, and those that no script makes. */
  static List<String> heads(List<String> order, Set<String> recorded) {
    var heads = new ArrayList<String>();
    order.stream().filter(recorded::contains).reduce((one, next) -> next).ifPresent(heads::add);
    recorded.stream().filter(id -> !order.contains(id)).sorted().forEach(heads::add);
    return heads;
  }

  /** Those that come before the last one and are not recorded. */
  static Set<String> between(List<String> order, Set<String> recorded) {
    var late = new TreeSet<String>();
    var since = new ArrayList<String>();
    for (String id : order) {
      if (recorded.contains(id)) {
        late.addAll(since);
        since.clear();
      } else {
        since.add(id);
      }
    }
    return late;
  }

  @Override
  public String set(Ledger ledger, List<String> revisions) {
    LedgerEntries known = entries.get();
    QualifiedName table = ledger.table();
    var statements = new ArrayList<String>();
    if (!ledger.exists()) {
      statements.add(create(table));
    }
    List<List<String>> rows = ledger.marks().orElse(LedgerMarks.NONE).rows();
    Map<String, Said> standing = standing(known, rows);
    var wanted = new HashSet<>(revisions);
    var kept = new HashSet<String>();
    for (List<String> texts : rows) {
      LedgerRow row = row(texts);
      Said said = known.said(row);
      if (said.kind() == Said.Kind.NOTHING) {
        continue;
      }
      Said counts = standing.getOrDefault(said.revision(), said);
      boolean isGood = counts.kind() == Said.Kind.APPLIED || counts.kind() == Said.Kind.EDITED;
      if (wanted.contains(said.revision()) && isGood) {
        kept.add(said.revision());
        kept.addAll(known.implied(row));
        if (said.kind() == Said.Kind.EDITED) {
          update(table, where(row), known.corrected(said.revision())).ifPresent(statements::add);
        }
      } else {
        statements.add(known.dismiss(table, where(row), said));
      }
    }
    var left = new HashSet<>(kept);
    left.retainAll(known.order());
    List<String> added =
        known.order().stream().filter(id -> wanted.contains(id) && !kept.contains(id)).toList();
    if (known.isWrittenAtOnce() && !added.isEmpty()) {
      statements.add(insert(table, added.stream().map(id -> known.values(table, id)).toList()));
      return joined(statements);
    }
    for (String id : known.order()) {
      left.remove(id);
      if (added.contains(id)) {
        statements.add(
            left.isEmpty() ? insert(table, known.lastValues(table, id)) : record(table, id));
      }
    }
    return joined(statements);
  }

  private String where(LedgerRow row) {
    return "%s = %s"
        .formatted(Identifiers.quote(shape.key()), LedgerEntries.literal(row.text(shape.key())));
  }

  private static Optional<String> update(
      QualifiedName table, String where, Map<String, String> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "UPDATE %s SET %s WHERE %s"
                .formatted(
                    table,
                    sorted(values)
                        .map(entry -> Identifiers.quote(entry.getKey()) + " = " + entry.getValue())
                        .collect(Collectors.joining(", ")),
                    where));
  }

  private static Stream<Map.Entry<String, String>> sorted(Map<String, String> values) {
    return values.entrySet().stream().sorted(Map.Entry.comparingByKey());
  }

  private String insert(QualifiedName table, Map<String, String> values) {
    return insert(table, List.of(values));
  }

  /**
   * @param rows at least one, all with values for the same columns
   */
  private String insert(QualifiedName table, List<Map<String, String>> rows) {
    if (!shape.further().isEmpty()) {
      return insertWhatFits(table, rows);
    }
    List<String> columns = shape.columns().stream().filter(rows.getFirst()::containsKey).toList();
    return "INSERT INTO %s (%s) VALUES%s%s"
        .formatted(
            table,
            names(columns),
            rows.size() == 1 ? " " : "\n",
            rows.stream()
                .map(
                    row ->
                        columns.stream().map(row::get).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(",\n")));
  }

  /** Of columns that may not be there only those are written that are. */
  private String insertWhatFits(QualifiedName table, List<Map<String, String>> rows) {
    return "INSERT INTO %1$s SELECT fitting.* FROM (VALUES\n%2$s) AS written (row), pg_catalog.jsonb_populate_record(NULL::%1$s, written.row) AS fitting"
        .formatted(
            table,
            rows.stream()
                .map(
                    row ->
                        withSerial(table, row).entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(
                                entry ->
                                    LedgerEntries.literal(entry.getKey()) + ", " + entry.getValue())
                            .collect(
                                Collectors.joining(", ", "(pg_catalog.jsonb_build_object(", "))")))
                .collect(Collectors.joining(",\n")));
  }

  private Map<String, String> withSerial(QualifiedName table, Map<String, String> row) {
    var all = new LinkedHashMap<>(row);
    shape
        .serial()
        .ifPresent(
            column ->
                all.putIfAbsent(
                    column,
                    "pg_catalog.nextval(pg_catalog.pg_get_serial_sequence(%s, %s))"
                        .formatted(
                            LedgerEntries.literal(table.toString()),
                            LedgerEntries.literal(column))));
    return all;
  }

  private static String names(List<String> columns) {
    return columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
  }

  @Override
  public String undo(Ledger ledger) {
    return ledger.exists()
        ? joined(rows(ledger))
        : joined(List.of(entries.get().drop(ledger.table())));
  }

  /** Rows that come later are not to get a number that is taken. */
  @Override
  public String fill(Ledger ledger) {
    List<String> statements = rows(ledger);
    shape
        .serial()
        .ifPresent(
            column ->
                statements.add(
                    "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(%1$s, %2$s), max(%3$s)) FROM %4$s HAVING max(%3$s) IS NOT NULL"
                        .formatted(
                            LedgerEntries.literal(ledger.table().toString()),
                            LedgerEntries.literal(column),
                            Identifiers.quote(column),
                            ledger.table())));
    return joined(statements);
  }

  private List<String> rows(Ledger ledger) {
    var statements = new ArrayList<String>();
    statements.add("DELETE FROM " + ledger.table());
    List<List<String>> rows = ledger.marks().orElse(LedgerMarks.NONE).rows();
    if (!rows.isEmpty() && !shape.further().isEmpty()) {
      statements.add(insertWhatFits(ledger.table(), rows.stream().map(this::literals).toList()));
    } else if (!rows.isEmpty()) {
      statements.add(
          "INSERT INTO %s (%s) VALUES\n%s"
              .formatted(
                  ledger.table(),
                  names(shape.columns()),
                  rows.stream().map(RowLedger::values).collect(Collectors.joining(",\n"))));
    }
    return statements;
  }

  private Map<String, String> literals(List<String> texts) {
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      values.put(shape.all().get(i), text == null ? "NULL" : LedgerEntries.literal(text));
    }
    return values;
  }

  private static String values(List<String> row) {
    return row.stream()
        .map(value -> Optional.ofNullable(value).map(LedgerEntries::literal).orElse("NULL"))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String joined(List<String> statements) {
    return statements.stream()
        .map(statement -> statement.endsWith(";") ? statement : statement + ";")
        .collect(Collectors.joining("\n"));
  }

  @Override
  public String create(QualifiedName table) {
    return shape.create().apply(table);
  }

  @Override
  public String record(QualifiedName table, String revision) {
    LedgerEntries known = entries.get();
    String prepare = known.prepare(table, revision);
    return (prepare.isEmpty() ? "" : prepare + "; ") + insert(table, known.values(table, revision));
  }
}
