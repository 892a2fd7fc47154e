package dev.stampguard.tool.ledger;

import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rows of one project's ledger say, and how new ones are written. */
public interface LedgerEntries {
  /** The ids of the scripts, in the order in which the tool runs them. */
  List<String> order();

  /** What a row says. */
  Said said(LedgerRow row);

  /** Revisions that count as applied because of a row, although they have none of their own. */
  default Set<String> implied(LedgerRow row) {
    return Set.of();
  }

  /**
   * What the tool writes when a script has run: SQL expressions by column. A column that is missing
   * gets its default.
   */
  Map<String, String> values(QualifiedName table, String revision);

  /** The same of a revision that stands behind all that are recorded. */
  default Map<String, String> lastValues(QualifiedName table, String revision) {
    return values(table, revision);
  }

  /**
   * Of the revisions whose rows say that another script ran those of which that is known: a tool's
   * checksums may depend on other files as well.
   */
  default Set<String> edited(Set<String> edited, Set<String> recorded) {
    return edited;
  }

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

  /**
   * Whether rows that are written together go into one statement, so that what an expression of
   * {@link #values} asks of the table is the same for all of them.
   */
  default boolean isWrittenAtOnce() {
    return false;
  }

  /** SQL that takes away what was made where there was no ledger, without the semicolon. */
  default String drop(QualifiedName table) {
    return "DROP TABLE " + table;
  }

  /** Whether the tool refuses or ignores a script that comes before one that already ran. */
  boolean isLateRefused();

  /**
   * The scripts that the tool will not run any more, because of what is recorded.
   *
   * @param rows all there are
   */
  default Set<String> late(Set<String> recorded, List<LedgerRow> rows) {
    return isLateRefused() ? RowLedger.between(order(), recorded) : Set.of();
  }

  /**
   * The scripts that run on a condition and did not, as far as the rows say: those that were passed
   * over, and those that are not recorded yet.
   *
   * @param rows all there are
   */
  default Set<String> passed(List<LedgerRow> rows) {
    return Set.of();
  }

  /** A text as SQL. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
