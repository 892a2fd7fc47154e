package dev.stampguard.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A foreign key, as far as it takes to look for rows that break it.
 *
 * @param name the constraint
 * @param referencing its table as it stands in FROM: with ONLY unless it is partitioned, because
 *     PostgreSQL leaves inheritance children out as well
 * @param columns its columns, unquoted
 * @param referenced the table it points at as it stands in FROM
 * @param referencedColumns the columns it points at, unquoted, as many as {@code columns}
 * @param operators what compares a referenced column with its own, qualified, as many again
 * @param matchFull whether all of its columns must be null when one is
 * @param period whether the last column is a time that the referenced rows must cover together
 *     (PostgreSQL 18)
 * @param validated whether PostgreSQL vouches for every row
 */
public record ForeignKey(
    ObjectName name,
    String referencing,
    List<String> columns,
    String referenced,
    List<String> referencedColumns,
    List<String> operators,
    boolean matchFull,
    boolean period,
    boolean validated) {
  public ForeignKey {
    Objects.requireNonNull(name);
    Objects.requireNonNull(referencing);
    columns = List.copyOf(columns);
    Objects.requireNonNull(referenced);
    referencedColumns = List.copyOf(referencedColumns);
    operators = List.copyOf(operators);
    if (name.kind() != ObjectKind.CONSTRAINT) {
      throw new IllegalArgumentException(name + " is no constraint");
    }
    if (columns.isEmpty()
        || columns.size() != referencedColumns.size()
        || columns.size() != operators.size()) {
      throw new IllegalArgumentException(name + " has columns that point at none");
    }
  }
}
