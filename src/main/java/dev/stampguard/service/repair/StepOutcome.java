package dev.stampguard.service.repair;

import java.util.Objects;

/** How a step ended. */
sealed interface StepOutcome {
  /** It is done, not yet committed. */
  record Done() implements StepOutcome {}

  /**
   * It failed; the transaction is as before it.
   *
   * @param message one sentence without a full stop
   */
  record Failed(String message) implements StepOutcome {
    public Failed {
      Objects.requireNonNull(message);
    }
  }

  /**
   * It cannot be done behind what the transaction did already (a new enum value, pending triggers);
   * the transaction is as before it.
   *
   * @param message what the server said
   */
  record NeedsCommitBefore(String message) implements StepOutcome {
    public NeedsCommitBefore {
      Objects.requireNonNull(message);
    }
  }

  /**
   * It commits by itself, or cannot be done inside a transaction; the transaction is as before it.
   *
   * @param message why
   */
  record NeedsOwnTransactions(String message) implements StepOutcome {
    public NeedsOwnTransactions {
      Objects.requireNonNull(message);
    }
  }
}
