package dev.stampguard.tool.flyway;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.tool.LedgerFormat;
import java.util.List;
import java.util.function.Supplier;

/** Flyway's schema history, read in the light of the scripts that are there. */
final class HistoryFormat implements LedgerFormat {
  private final Supplier<SchemaHistory> history;

  HistoryFormat(Supplier<SchemaHistory> history) {
    this.history = history;
  }

  @Override
  public String column() {
    return "version";
  }

  @Override
  public String sql(QualifiedName table) {
    return SqlResource.read("flyway-history").formatted(table);
  }

  @Override
  public Recorded read(List<Row> rows) {
    return history.get().read(rows.stream().map(Row::texts).toList());
  }
}
