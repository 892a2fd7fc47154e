package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Row;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerManner;
import dev.stampguard.tool.LedgerMarks;
import dev.stampguard.tool.ledger.LedgerBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * golang-migrate's ledger: one row with the version that the database is at, and whether getting
 * there failed. Everything up to it counts as applied, whether it ever ran or not.
 *
 * @param order the versions of the files, lowest first
 */
record WaterMark(List<String> order) implements LedgerBook {
  WaterMark {
    order = List.copyOf(order);
  }

  @Override
  public String column() {
    return "dirty";
  }

  @Override
  public LedgerManner manner() {
    return new LedgerManner(
        List.of("version", "dirty"), "`migrate force` has taken back the mark `dirty`");
  }

  @Override
  public boolean leadsNames() {
    return false;
  }

  /** It asks for {@code CURRENT_SCHEMA()}. */
  @Override
  public boolean isOnlyInFirst() {
    return true;
  }

  @Override
  public String sql(QualifiedName table) {
    return "SELECT version::text, dirty::text FROM " + table;
  }

  @Override
  public Recorded read(List<Row> rows) {
    List<List<String>> texts = rows.stream().map(Row::texts).toList();
    if (texts.isEmpty()) {
      return new Recorded(List.of(), Optional.of(LedgerMarks.NONE));
    }
    String version = texts.getFirst().getFirst();
    boolean isDirty = Boolean.parseBoolean(texts.getFirst().getLast());
    var recorded = new ArrayList<>(order);
    recorded.removeIf(id -> Versions.BY_NUMBER.compare(id, version) > 0);
    if (!recorded.contains(version)) {
      recorded.add(version);
    }
    return new Recorded(
        recorded.stream().sorted().toList(),
        Optional.of(
            new LedgerMarks(
                List.of(version),
                isDirty ? Set.of(version) : Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                texts)));
  }

  @Override
  public String set(Ledger ledger, List<String> revisions) {
    QualifiedName table = ledger.table();
    return (ledger.exists() ? "" : create(table) + ";\n")
        + revisions.stream()
            .max(Versions.BY_NUMBER)
            .map(version -> write(table, version, "false"))
            .orElse("DELETE FROM %s;".formatted(table));
  }

  private static String write(QualifiedName table, String version, String dirty) {
    return "DELETE FROM %1$s;\nINSERT INTO %1$s (version, dirty) VALUES (%2$s, %3$s);"
        .formatted(table, version, dirty);
  }

  @Override
  public String undo(Ledger ledger) {
    return ledger.exists() ? fill(ledger) : "DROP TABLE %s;".formatted(ledger.table());
  }

  @Override
  public String fill(Ledger ledger) {
    return ledger.marks().orElse(LedgerMarks.NONE).rows().stream()
        .findFirst()
        .map(row -> write(ledger.table(), row.getFirst(), row.getLast()))
        .orElse("DELETE FROM %s;".formatted(ledger.table()));
  }

  @Override
  public String create(QualifiedName table) {
    return "CREATE TABLE %s (version bigint not null primary key, dirty boolean not null)"
        .formatted(table);
  }

  /** One that was left out earlier does not take the database back to where it belongs. */
  @Override
  public String record(QualifiedName table, String revision) {
    return ("UPDATE %1$s SET version = greatest(version, %2$s), dirty = false;"
            + " INSERT INTO %1$s (version, dirty)"
            + " SELECT %2$s, false WHERE NOT EXISTS (SELECT FROM %1$s)")
        .formatted(table, revision);
  }
}
