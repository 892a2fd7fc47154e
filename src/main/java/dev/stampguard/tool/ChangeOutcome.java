package dev.stampguard.tool;

import java.util.Objects;
import java.util.Optional;

/** How running a revision in the database that is to be changed ended. */
public sealed interface ChangeOutcome {
  /** It ran. */
  record Done() implements ChangeOutcome {}

  /**
   * It failed, and left nothing behind; run alone, nothing but what it had committed by itself.
   *
   * @param message one sentence without a full stop, with the place in the script
   * @param line 1-based line of its script where it happened
   * @param sqlState the server's code; empty when the server had no part in it
   * @param missing as {@link RevisionOutcome.Failed#missing}
   * @param existing as {@link RevisionOutcome.Failed#existing}
   */
  record Failed(
      String message,
      int line,
      Optional<String> sqlState,
      Optional<MissingObject> missing,
      Optional<String> existing)
      implements ChangeOutcome {
    public Failed {
      Objects.requireNonNull(message);
      Objects.requireNonNull(sqlState);
      Objects.requireNonNull(missing);
      Objects.requireNonNull(existing);
    }
  }

  /**
   * It cannot run in this transaction. Nothing of it is left, and what ran before it can still be
   * committed or rolled back.
   *
   * @param cut where the transaction has to be cut
   * @param message one sentence without a full stop, with the place in the script
   * @param line 1-based line of its script where it showed
   * @param sqlState the server's code; empty when it was noticed before the server was asked
   */
  record NeedsCut(Cut cut, String message, int line, Optional<String> sqlState)
      implements ChangeOutcome {
    public NeedsCut {
      Objects.requireNonNull(cut);
      Objects.requireNonNull(message);
      Objects.requireNonNull(sqlState);
    }
  }

  /** Where a transaction has to be cut for a revision. */
  enum Cut {
    /**
     * What ran before must be committed first; then it can run in the next transaction. A new enum
     * value is used (55P04), or a table with pending trigger events is altered (55006). Where
     * nothing ran before in this transaction, cutting does not help: it has to run alone, if it can
     * run at all.
     */
    BEFORE,
    /**
     * It wants to end or to leave the transaction: an {@code autocommit_block}, a commit or
     * rollback of its own, a connection of its own, a statement that no transaction takes (25001).
     */
    ALONE
  }

  /**
   * The script ended the transaction, in a way that nobody could keep it from. No transaction is
   * open any more.
   *
   * @param message one sentence without a full stop, with the script
   * @param committed whether what ran in the transaction, until the script ended it, is committed
   *     now; otherwise all of it is rolled back, what ran before the revision included
   */
  record TransactionEnded(String message, boolean committed) implements ChangeOutcome {
    public TransactionEnded {
      Objects.requireNonNull(message);
    }
  }
}
