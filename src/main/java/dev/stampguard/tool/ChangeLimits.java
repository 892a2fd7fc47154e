package dev.stampguard.tool;

import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.StatementTimeout;
import java.util.Objects;

/**
 * How long a {@link ChangeSession} waits. Statements of revisions may take any time within {@link
 * RunSettings#limit()}.
 *
 * @param lock for every lock: the ledger's, those of revisions, those of looking
 * @param look for each statement that {@link ChangeSession#look()} sends
 */
public record ChangeLimits(LockTimeout lock, StatementTimeout look) {
  public ChangeLimits {
    Objects.requireNonNull(lock);
    Objects.requireNonNull(look);
  }
}
