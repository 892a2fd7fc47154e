package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Objects;

/**
 * A table in a database that a migration tool keeps for itself, known by name and columns.
 *
 * @param table where it is
 * @param tools whose it may be, sorted; several where they look the same
 * @param isLedger whether it says which migrations were applied
 * @param isFilled whether it has, or had, rows: as far as that can be told without reading it
 */
public record ToolTable(
    QualifiedName table, List<String> tools, boolean isLedger, boolean isFilled) {
  public ToolTable {
    Objects.requireNonNull(table);
    tools = List.copyOf(tools);
  }
}
