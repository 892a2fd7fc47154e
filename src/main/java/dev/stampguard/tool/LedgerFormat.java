package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Row;
import java.util.List;
import java.util.Optional;

/** How a migration tool writes down what it applied, where that is more than a column of ids. */
public interface LedgerFormat {
  /** The column that tells the tool's table from others of its name, unquoted. */
  String column();

  /** The query for the rows of a ledger; its columns are text. */
  String sql(QualifiedName table);

  /** What is to be known of the tool to talk about its ledger. */
  default LedgerManner manner() {
    return LedgerManner.PLAIN;
  }

  /** Names of tables that the tool keeps beside the ledger, in the same schema. */
  default List<String> companions() {
    return List.of();
  }

  /** The schema that the tool makes for its ledger where nothing says another one. */
  default Optional<String> ownSchema() {
    return Optional.empty();
  }

  /**
   * Whether names without a schema go to the ledger's, where the configuration names that: the tool
   * then puts it in front of the search path.
   */
  default boolean leadsNames() {
    return true;
  }

  /**
   * Whether the tool looks for its table in the schema alone into which it would put it, and not
   * further along the search path.
   */
  default boolean isOnlyInFirst() {
    return false;
  }

  /** What the rows of that query say. */
  Recorded read(List<Row> rows);

  /**
   * What a ledger records.
   *
   * @param rows the ids, sorted
   * @param marks as {@link Ledger#marks}
   */
  record Recorded(List<String> rows, Optional<LedgerMarks> marks) {
    public Recorded {
      rows = List.copyOf(rows);
    }
  }
}
