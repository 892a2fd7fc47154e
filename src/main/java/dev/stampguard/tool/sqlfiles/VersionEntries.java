package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerRow;
import dev.stampguard.tool.ledger.Said;
import java.util.List;
import java.util.Map;

/**
 * Rows that have nothing to say but a version.
 *
 * @param isLateRefused as {@link LedgerEntries#isLateRefused()}
 */
record VersionEntries(List<String> order, boolean isLateRefused) implements LedgerEntries {
  private static final String COLUMN = "version";

  VersionEntries {
    order = List.copyOf(order);
  }

  @Override
  public Said said(LedgerRow row) {
    return new Said(row.text(COLUMN), Said.Kind.APPLIED);
  }

  @Override
  public Map<String, String> values(QualifiedName table, String revision) {
    return Map.of(COLUMN, LedgerEntries.literal(revision));
  }
}
