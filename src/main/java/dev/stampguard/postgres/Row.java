package dev.stampguard.postgres;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One row of a result, every column as text; columns are counted from 1, as JDBC counts them. */
public final class Row {
  private final String[] columns;

  /**
   * Takes the columns over.
   *
   * @param columns each may be {@code null}, for NULL
   */
  public Row(String... columns) {
    this.columns = columns;
  }

  /** The column's text; {@code null} for NULL. */
  public String text(int column) {
    return columns[column - 1];
  }

  /** Whether a column of type boolean is true: as the server writes it, or as JSON does. */
  public boolean isTrue(int column) {
    String text = text(column);
    return "t".equals(text) || "true".equals(text);
  }

  /** All columns; NULL is {@code null}. */
  public List<String> texts() {
    return Collections.unmodifiableList(Arrays.asList(columns));
  }
}
