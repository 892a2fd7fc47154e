package dev.stampguard.repair;

import java.util.Locale;

/** The closed list of ways out. */
public enum Strategy {
  /** Set the ledger to the proven state, then upgrade. */
  RESTAMP,
  /** Run exactly the absent revisions, the ledger untouched. */
  MISSING,
  /** Create exactly the missing objects. */
  GRAFT,
  /** Build a new database beside the old one and swap. */
  RECREATE,
  /** Point the run at a consistent sibling. */
  SWITCH;

  /** The word on the command line and in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
