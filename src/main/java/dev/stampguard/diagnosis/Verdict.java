package dev.stampguard.diagnosis;

import java.util.Locale;

/** The answer in one word; a later constant overrides an earlier one. */
public enum Verdict {
  /** Everything recorded is present and nothing is pending. */
  CONSISTENT,
  /** Everything recorded is present, nothing unrecorded is there, some revisions are pending. */
  BEHIND,
  /** The ledger and the catalog contradict each other. */
  INCONSISTENT,
  /** The question could not be answered. */
  UNKNOWN;

  /** The word in text and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
