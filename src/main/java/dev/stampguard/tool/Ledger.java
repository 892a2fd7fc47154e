package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.SchemaAlias;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the database claims: the migration tool's version table.
 *
 * @param table where it is, or where the tool would create it
 * @param exists whether the table is there at all
 * @param rows the recorded ids as they stand, sorted; empty when there are none
 * @param others further ledgers of the same tool in this database
 * @param onSearchPath whether the tool finds the table by the search path of this connection
 * @param width how many characters its version column takes; empty when it takes any number, or
 *     when there is no table
 */
public record Ledger(
    QualifiedName table,
    boolean exists,
    List<String> rows,
    List<QualifiedName> others,
    boolean onSearchPath,
    OptionalInt width) {
  public Ledger {
    Objects.requireNonNull(table);
    rows = List.copyOf(rows);
    others = List.copyOf(others);
    Objects.requireNonNull(width);
  }

  /** The same, its schema under another name. */
  public Ledger in(SchemaAlias alias) {
    return new Ledger(alias.name(table), exists, rows, others, onSearchPath, width);
  }
}
