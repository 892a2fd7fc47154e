package dev.stampguard.tool;

import dev.stampguard.target.Target;

/** Starts what runs a project's revisions. */
@FunctionalInterface
public interface RevisionLauncher {
  /**
   * Loads the scripts and connects.
   *
   * @param scratch where the revisions are to run; never the target itself
   * @throws dev.stampguard.StampguardException (usage) when the scripts cannot be loaded; (no
   *     access) when the database lets nobody in
   */
  RevisionRunner start(Target scratch);
}
