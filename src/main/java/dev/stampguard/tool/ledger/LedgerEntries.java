package dev.stampguard.tool.ledger;

import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Map;

/** What the rows of one project's ledger say, and how new ones are written. */
public interface LedgerEntries {
  /** The ids of the scripts, in the order in which the tool runs them. */
  List<String> order();

  /** What a row says. */
  Said said(LedgerRow row);

  /**
   * What the tool writes when a script has run: SQL expressions by column. A column that is missing
   * gets its default.
   */
  Map<String, String> values(QualifiedName table, String revision);

  /**
   * What has to be written over a row that says {@link Said.Kind#EDITED}, so that it is about the
   * script that is there now.
   */
  default Map<String, String> corrected(String revision) {
    return Map.of();
  }

  /**
   * SQL that makes the ledger ready for a revision to be written down, above all by taking away
   * what failed tries of it left; empty when there is nothing to do.
   */
  default String prepare(QualifiedName table, String revision) {
    return "";
  }

  /**
   * SQL that makes a row count no more, without the semicolon.
   *
   * @param where a condition that only this row meets
   */
  default String dismiss(QualifiedName table, String where, Said said) {
    return "DELETE FROM %s WHERE %s".formatted(table, where);
  }

  /** Whether the tool refuses or ignores a script that comes before one that already ran. */
  boolean isLateRefused();

  /** A text as SQL. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
