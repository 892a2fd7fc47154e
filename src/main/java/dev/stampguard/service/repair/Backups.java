package dev.stampguard.service.repair;

import java.util.List;
import java.util.Optional;

/** What is kept of a database before a repair, and proven after it. */
interface Backups {
  /**
   * Makes the backup that was asked for, complete when this returns.
   *
   * @return its id; empty when none was asked for
   */
  Optional<String> take();

  /**
   * Counts what the repair left, and keeps it beside the journal, for a restore to tell whether
   * somebody has written since.
   *
   * @param journal the journal's id
   * @return what was found, one sentence each
   */
  List<String> prove(String journal);
}
