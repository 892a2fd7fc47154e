package dev.stampguard.repair.plan;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes SQL that sets a ledger of one column of ids.
 *
 * @param table where the ledger is
 * @param column the column that holds the ids, unquoted
 */
public record LedgerSql(QualifiedName table, String column) {
  public LedgerSql {
    Objects.requireNonNull(table);
    Objects.requireNonNull(column);
  }

  /** Makes these rows the ledger's only ones. */
  public String set(List<String> rows) {
    String delete = "DELETE FROM %s;".formatted(table);
    return rows.isEmpty()
        ? delete
        : "%s INSERT INTO %s (%s) VALUES %s;"
            .formatted(delete, table, Identifiers.quote(column), values(rows));
  }

  /** The same where there may be no ledger yet, which is then made as Alembic makes it. */
  String set(boolean exists, List<String> rows) {
    return exists ? set(rows) : create() + " " + set(rows);
  }

  private String create() {
    return "CREATE TABLE %s (%s VARCHAR(32) NOT NULL, CONSTRAINT %s PRIMARY KEY (%2$s));"
        .formatted(table, Identifiers.quote(column), Identifiers.quote(table.name() + "_pkc"));
  }

  /** A ledger that was not there goes again; another one gets its rows back. */
  String undo(boolean existed, List<String> rows) {
    return existed ? set(rows) : "DROP TABLE %s;".formatted(table);
  }

  private static String values(List<String> rows) {
    return rows.stream()
        .map(row -> "('" + row.replace("'", "''") + "')")
        .collect(Collectors.joining(", "));
  }
}
