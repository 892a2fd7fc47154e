package dev.stampguard.diagnosis;

import java.util.Locale;

/**
 * The answer in one word; a later constant overrides an earlier one. Scripts that are not one
 * readable history leave open what is pending, and so whether something of it is there already:
 * where only that is open, a proven contradiction is still one.
 */
public enum Verdict {
  /** Everything recorded is present and nothing is pending. */
  CONSISTENT,
  /** Everything recorded is present, nothing unrecorded is there, some revisions are pending. */
  BEHIND,
  /** The ledger and the catalog contradict each other. */
  INCONSISTENT,
  /** The question could not be answered; {@link Finding#isObstacle} says which findings say why. */
  UNKNOWN;

  /** The word in text and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
