package dev.stampguard.service.repair;

import dev.stampguard.repair.journal.JournalEntry;
import java.time.Instant;
import java.util.Optional;

/** What is kept of a database before a repair, and taken down after it. */
interface Backups {
  /**
   * Makes the backup that was asked for, complete and verified when this returns.
   *
   * @return its id; empty when none was asked for
   */
  Optional<String> take();

  /** What the repair left, for a restore to tell whether somebody has written since. */
  JournalEntry.Done done(Instant time);
}
