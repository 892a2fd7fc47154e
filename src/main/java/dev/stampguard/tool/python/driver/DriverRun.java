package dev.stampguard.tool.python.driver;

import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RunSettings;
import java.nio.file.Path;
import java.util.List;

/** How one project's revisions are run by the driver of their tool. */
public interface DriverRun {
  /** The driver's program: names of resources in {@code /python}, run as one text in this order. */
  List<String> program();

  /** The driver's working directory; messages name scripts relative to it. */
  Path directory();

  /** How any tool's revisions are run. */
  RunSettings settings();

  /** The line that the driver reads first, to run revisions in a scratch database. */
  String replaying();

  /** The line that the driver reads first, to change a database. Neither holds anything secret. */
  String changing(LockTimeout lock);

  /** Reads a ledger. */
  LedgerReader ledgerAt(LedgerLocation location);

  /** What to do when project code connects to another database. */
  String elsewhereHint();

  /** What to do when a module cannot be imported. */
  String importHint();
}
