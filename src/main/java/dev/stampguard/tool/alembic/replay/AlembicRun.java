package dev.stampguard.tool.alembic.replay;

import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RunSettings;
import java.util.Objects;

/**
 * How to run a project's revisions with Alembic.
 *
 * @param files the settings Alembic reads
 * @param ledger where the ledger goes, unless the project's own {@code env.py} decides that
 * @param settings how any tool's revisions are run
 */
public record AlembicRun(SettingsFiles files, LedgerLocation ledger, RunSettings settings) {
  /** The ledger's one column. */
  private static final String VERSION_COLUMN = "version_num";

  public AlembicRun {
    Objects.requireNonNull(files);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(settings);
  }

  /** Reads a ledger of Alembic's. */
  public static LedgerReader ledgerAt(LedgerLocation location) {
    return new LedgerReader(location, VERSION_COLUMN);
  }
}
