package dev.stampguard.repair.plan;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerWriting;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes SQL that sets a ledger of one column of ids.
 *
 * @param table where the ledger is
 * @param column the column that holds the ids, unquoted
 */
public record LedgerSql(QualifiedName table, String column) implements LedgerWriting {
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
  @Override
  public String set(Ledger ledger, List<String> rows) {
    return ledger.exists() ? set(rows) : create() + " " + set(rows);
  }

  private String create() {
    return "CREATE TABLE %s (%s VARCHAR(32) NOT NULL, CONSTRAINT %s PRIMARY KEY (%2$s));"
        .formatted(table, Identifiers.quote(column), Identifiers.quote(table.name() + "_pkc"));
  }

  /** A ledger that was not there goes again; another one gets its rows back. */
  @Override
  public String undo(Ledger ledger) {
    return ledger.exists() ? set(ledger.rows()) : "DROP TABLE %s;".formatted(table);
  }

  @Override
  public String fill(Ledger ledger) {
    return set(ledger.rows());
  }

  private static String values(List<String> rows) {
    return rows.stream()
        .map(row -> "('" + row.replace("'", "''") + "')")
        .collect(Collectors.joining(", "));
  }
}
