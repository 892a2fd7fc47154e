package dev.stampguard.tool.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a ledger.
 *
 * @param columns text by column; {@code null} for NULL
 */
public record LedgerRow(Map<String, String> columns) {
  public LedgerRow {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  static LedgerRow of(List<String> names, List<String> texts) {
    var columns = new LinkedHashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), texts.get(i));
    }
    return new LedgerRow(columns);
  }

  /** The column's text; {@code null} for NULL. */
  public String text(String column) {
    return columns.get(column);
  }

  /** Whether the column is NULL. */
  public boolean isNull(String column) {
    return text(column) == null;
  }

  /** Whether a column of type boolean is true. */
  public boolean isTrue(String column) {
    return Boolean.parseBoolean(text(column));
  }
}
