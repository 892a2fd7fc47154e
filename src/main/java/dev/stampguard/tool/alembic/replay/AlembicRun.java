package dev.stampguard.tool.alembic.replay;

import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.python.driver.DriverRun;
import dev.stampguard.tool.python.driver.InterpreterSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How to run a project's revisions with Alembic.
 *
 * @param files the settings Alembic reads
 * @param ledger where the ledger goes, unless the project's own {@code env.py} decides that
 * @param settings how any tool's revisions are run
 */
public record AlembicRun(SettingsFiles files, LedgerLocation ledger, RunSettings settings)
    implements DriverRun {
  /** What must be there to run it. */
  public static final InterpreterSearch.Wanted WANTED =
      new InterpreterSearch.Wanted("alembic", List.of("alembic", "sqlalchemy"));

  /** The ledger's one column. */
  private static final String VERSION_COLUMN = "version_num";

  public AlembicRun {
    Objects.requireNonNull(files);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(settings);
  }

  /** Reads a ledger of Alembic's. */
  public static LedgerReader reader(LedgerLocation location) {
    return new LedgerReader(location, VERSION_COLUMN);
  }

  @Override
  public List<String> program() {
    return List.of("talk", "driver", "session", "change", "main");
  }

  @Override
  public Path directory() {
    return files.directory();
  }

  @Override
  public String replaying() {
    return DriverSettings.replay(this);
  }

  @Override
  public String changing(LockTimeout lock) {
    return DriverSettings.change(this, lock);
  }

  @Override
  public LedgerReader ledgerAt(LedgerLocation location) {
    return reader(location);
  }

  @Override
  public String elsewhereHint() {
    return "let it read its database from `%s`, or do without `--driver-env project`"
        .formatted(settings.urlVariable());
  }

  @Override
  public String importHint() {
    return "add what it needs to `prepend_sys_path`, or name the project's interpreter with"
        + " `--python`";
  }
}
