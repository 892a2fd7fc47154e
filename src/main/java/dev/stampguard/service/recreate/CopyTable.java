package dev.stampguard.service.recreate;

import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table as far as it matters to whoever copies its rows.
 *
 * @param name its name
 * @param partitioned whether it stands for its partitions
 * @param columns in the table's order
 */
record CopyTable(QualifiedName name, boolean partitioned, List<Column> columns) {
  CopyTable {
    Objects.requireNonNull(name);
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param name its name
   * @param type as PostgreSQL writes it, with length or precision
   * @param required whether it must have a value
   * @param filled whether it gets one by itself
   * @param generated whether it is computed from others
   */
  record Column(String name, String type, boolean required, boolean filled, boolean generated) {
    Column {
      Objects.requireNonNull(name);
      Objects.requireNonNull(type);
    }
  }

  Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /** The table as it stands in FROM, so that exactly its rows are meant, once each. */
  String own() {
    return (partitioned ? "" : "ONLY ") + name;
  }
}
