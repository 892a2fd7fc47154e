package dev.stampguard.tool;

import dev.stampguard.target.Target;

/** Starts what changes a database with a project's own migrations. */
@FunctionalInterface
public interface ChangeLauncher {
  /**
   * Starts it; it connects when it is told to.
   *
   * @param target the database to be changed; of several endpoints the first is used, so give the
   *     one that is meant
   * @throws dev.stampguard.StampguardException (usage) when it cannot be started
   */
  ChangeSession start(Target target, ChangeLimits limits);
}
