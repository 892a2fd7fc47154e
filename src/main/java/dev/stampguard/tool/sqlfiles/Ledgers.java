package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.util.Optional;

/** Names of ledgers as settings have them. */
final class Ledgers {
  private Ledgers() {}

  /** {@code table} or {@code schema.table}. */
  static LedgerLocation location(String written) {
    int dot = written.indexOf('.');
    return dot < 0
        ? new LedgerLocation(Optional.empty(), written)
        : new LedgerLocation(Optional.of(written.substring(0, dot)), written.substring(dot + 1));
  }
}
