package dev.stampguard.tool.command;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.sql.run.ToolLock;
import java.util.function.UnaryOperator;

/**
 * A table with one row, of which a number says whether a tool is at work. It can be looked at and
 * not be held: who writes a ledger holds that one.
 */
public final class LockRow {
  private LockRow() {}

  /**
   * Looks whether it is free.
   *
   * @param table given the ledger's
   * @param column is 1 while the tool is at work
   */
  public static ToolLock of(UnaryOperator<QualifiedName> table, String column) {
    return place -> free(table.apply(place.ledger()), column);
  }

  /** The table may not be there, and a statement that names it would fail then. */
  private static String free(QualifiedName table, String column) {
    String name = "'" + table.toString().replace("'", "''") + "'";
    return ("SELECT CASE WHEN pg_catalog.to_regclass(%1$s) IS NULL THEN 'true' ELSE"
            + " (pg_catalog.query_to_xml(pg_catalog.format('SELECT count(*) AS held FROM %%s"
            + " WHERE %2$s = 1', %1$s), true, false, '')::text LIKE '%%<held>0</held>%%')::text"
            + " END")
        .formatted(name, column);
  }
}
