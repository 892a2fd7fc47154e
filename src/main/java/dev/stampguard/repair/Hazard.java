package dev.stampguard.repair;

import java.util.Locale;

/** What can hurt about a step of a repair; each must be allowed by name. A closed list. */
public enum Hazard {
  /** Blocks every other session that uses a table with rows in it, until the repair ends. */
  TAKES_ACCESS_EXCLUSIVE_LOCK,
  /** Writes a whole table anew: as long as it takes, and as much space again. */
  REWRITES_TABLE,
  /** Adds a column that every row must have a value for, and nothing says which. */
  NOT_NULL_WITHOUT_DEFAULT,
  /** The repair cannot be one transaction: what is done up to here stays when the rest fails. */
  NOT_ATOMIC,
  /** Another body takes the place of a function's, for everybody who calls it. */
  REPLACES_FUNCTION_BODY,
  /** An existing object is dropped and made again: its privileges and comments do not come back. */
  RECREATES_OBJECT,
  /** Runs code of the project that stampguard did not read. */
  RUNS_PROJECT_CODE,
  /** Another database takes the name of the present one. */
  REPLACES_DATABASE,
  /** Changes a file that the project and other tools read. */
  EDITS_ENV_FILE,
  /** Whether a revision that only touches data has run cannot be seen. */
  UNDECIDABLE_DATA_MIGRATION,
  /** Nothing was tried on a copy first. */
  NO_REHEARSAL,
  /** Ends the sessions of others. */
  TERMINATES_SESSIONS,
  /** What was written since is lost. */
  DISCARDS_NEWER_DATA;

  /** The word on the command line and in JSON, for example {@code rewrites-table}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
