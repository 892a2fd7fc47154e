package dev.stampguard.tool;

import java.util.Objects;
import java.util.Optional;

/** How running a revision ended. */
public sealed interface RevisionOutcome {
  /** It ran and is recorded. */
  record Done() implements RevisionOutcome {}

  /**
   * It failed and was rolled back.
   *
   * @param message one sentence without a full stop
   * @param line 1-based line of its script where it happened
   * @param missing what it did not find; empty when it failed for another reason
   * @param existing the object it wanted to make and found there, as the server names it: without a
   *     schema; empty when it failed for another reason
   */
  record Failed(
      String message, int line, Optional<MissingObject> missing, Optional<String> existing)
      implements RevisionOutcome {
    public Failed {
      Objects.requireNonNull(message);
      Objects.requireNonNull(missing);
      Objects.requireNonNull(existing);
    }
  }
}
