package dev.stampguard.repair;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a repair may do that somebody has to allow by name. The closed list. */
public enum Hazard {
  /** A table that holds rows is written anew, which takes its size in time and space. */
  REWRITES_TABLE("a table that holds rows is written anew"),
  /** Nobody else can read or write a table that holds rows until the transaction ends. */
  TAKES_ACCESS_EXCLUSIVE_LOCK("nobody else can read a table that holds rows meanwhile"),
  /** A column that must not be NULL gets no value in the rows that are there. */
  NOT_NULL_WITHOUT_DEFAULT("rows that are there get no value for a column that must have one"),
  /** A function or view that is there gets another body. */
  REPLACES_FUNCTION_BODY("something that is there gets another body"),
  /** An object is dropped and made again: its privileges and comments do not come back. */
  RECREATES_OBJECT("something that is there is made again, without its privileges"),
  /**
   * The change takes several transactions, or a step commits by itself; a crash may leave it at one
   * of their boundaries, and a failure inside that step.
   */
  NOT_ATOMIC("PostgreSQL cannot do it in one transaction"),
  /** The project's own {@code env.py}, or its own command, runs on the target. */
  RUNS_PROJECT_CODE("code of the project's own runs on the database"),
  /** Another database takes over the name; the present one is kept under another. */
  REPLACES_DATABASE("another database takes over the name"),
  /** A file that says which database is used gets another value. */
  EDITS_ENV_FILE("a settings file gets another value"),
  /** Nobody can tell whether a revision that changes only data ran. */
  UNDECIDABLE_DATA_MIGRATION("nobody can tell whether a revision that changes only data ran"),
  /** The ledger loses a row that the script of another branch or release may explain. */
  FORGETS_UNKNOWN_REVISION("the ledger forgets a revision that no script here defines"),
  /** The change was not tried on a copy of the schema first. */
  NO_REHEARSAL("the change cannot be tried on a copy of the schema first"),
  /** Sessions of others are ended. */
  TERMINATES_SESSIONS("sessions of others are ended"),
  /** Rows written since are given up. */
  DISCARDS_NEWER_DATA("rows written since are given up");

  private final String meaning;

  Hazard(String meaning) {
    this.meaning = meaning;
  }

  /** The word on the command line and in JSON, for example {@code rewrites-table}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it means, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The hazard of a word; empty when there is none. */
  public static Optional<Hazard> find(String label) {
    return Arrays.stream(values()).filter(hazard -> hazard.label().equals(label)).findFirst();
  }

  /** What allows these on a command line, with a blank before each. */
  public static String flags(List<Hazard> hazards) {
    return hazards.stream()
        .map(hazard -> " --allow " + hazard.label())
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return label();
  }
}
