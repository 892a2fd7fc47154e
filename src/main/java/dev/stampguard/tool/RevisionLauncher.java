package dev.stampguard.tool;

import dev.stampguard.target.Target;

/** Starts what runs a project's revisions. */
@FunctionalInterface
public interface RevisionLauncher {
  /**
   * Starts it; it connects when it is told to, so that others have time for theirs until then.
   *
   * @param scratch where the revisions are to run; never the target itself
   * @throws dev.stampguard.StampguardException (usage) when it cannot be started
   */
  RevisionRunner start(Target scratch);
}
