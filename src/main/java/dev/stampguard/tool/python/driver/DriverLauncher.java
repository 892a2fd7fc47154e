package dev.stampguard.tool.python.driver;

import dev.stampguard.target.Target;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.ChangeLimits;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RevisionRunner;
import java.util.Objects;

/**
 * Starts a driver with the Python that was found for it.
 *
 * @param run how to run the revisions
 * @param interpreter with what
 */
public record DriverLauncher(DriverRun run, Interpreter interpreter)
    implements RevisionLauncher, ChangeLauncher {
  public DriverLauncher {
    Objects.requireNonNull(run);
    Objects.requireNonNull(interpreter);
  }

  /**
   * Looks for the interpreter.
   *
   * @throws dev.stampguard.StampguardException (usage) when none has what is wanted
   */
  public static DriverLauncher of(DriverRun run, InterpreterSearch.Wanted wanted) {
    return new DriverLauncher(
        run,
        new InterpreterSearch(wanted, run.directory(), run.settings().environment())
            .find(run.settings().interpreter()));
  }

  @Override
  public RevisionRunner start(Target scratch) {
    return DriverRunner.start(run, interpreter, scratch);
  }

  @Override
  public ChangeSession start(Target target, ChangeLimits limits) {
    return DriverChange.start(run, interpreter, target, limits);
  }
}
