package dev.stampguard.tool.alembic.replay;

import dev.stampguard.target.Target;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RevisionRunner;
import dev.stampguard.tool.RunSettings;

/**
 * Starts Alembic with the Python that was found for it.
 *
 * @param run how to run the revisions
 * @param interpreter with what
 */
public record AlembicLauncher(AlembicRun run, Interpreter interpreter)
    implements RevisionLauncher, ChangeLauncher {
  /**
   * Looks for the interpreter.
   *
   * @throws dev.stampguard.StampguardException (usage) when none has Alembic
   */
  public static AlembicLauncher of(
      SettingsFiles files, LedgerLocation ledger, RunSettings settings) {
    return new AlembicLauncher(
        new AlembicRun(files, ledger, settings),
        new InterpreterSearch(files.directory(), settings.environment())
            .find(settings.interpreter()));
  }

  @Override
  public RevisionRunner start(Target scratch) {
    return AlembicDriver.start(run, interpreter, scratch);
  }

  @Override
  public ChangeSession start(Target target, ChangeLimits limits) {
    return AlembicChange.start(run, interpreter, target, limits);
  }
}
