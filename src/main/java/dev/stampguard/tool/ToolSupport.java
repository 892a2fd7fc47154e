package dev.stampguard.tool;

import java.util.Objects;

/**
 * What stampguard does for the projects of one tool, for people who choose. Finding a project, its
 * history and its ledger, setting the ledger to a proven state, grafting what is missing, building
 * a database anew and switching to a sibling is done for every tool.
 *
 * @param ledger the table's usual name, unquoted
 */
public record ToolSupport(
    String ledger,
    Order order,
    Checksums checksums,
    Reading reading,
    Replay replay,
    Missing missing) {
  public ToolSupport {
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(order);
    Objects.requireNonNull(checksums);
    Objects.requireNonNull(reading);
    Objects.requireNonNull(replay);
    Objects.requireNonNull(missing);
  }

  /**
   * Of a tool whose migrations are programs that only a command of the project can run.
   *
   * @param ledger the table's usual name, unquoted
   */
  public static ToolSupport ofPrograms(String ledger) {
    return new ToolSupport(
        ledger, Order.LINE, Checksums.NONE, Reading.PROGRAMS, Replay.COMMAND, Missing.ALONE);
  }

  /** How revisions follow each other. */
  public enum Order {
    GRAPH("graph"),
    LINE("line");

    private final String label;

    Order(String label) {
      this.label = label;
    }

    /** One word. */
    public String label() {
      return label;
    }
  }

  /** Whether the ledger tells that a script was edited after it ran. */
  public enum Checksums {
    /** The tool writes none down. */
    NONE("none kept"),
    COMPARED("compared"),
    /** The tool writes one down, over something that only it can compute. */
    KEPT("kept, not compared");

    private final String label;

    Checksums(String label) {
      this.label = label;
    }

    /** A few words. */
    public String label() {
      return label;
    }
  }

  /** What tells which revision made an object, where nothing was replayed and no lock is there. */
  public enum Reading {
    /** The scripts are read, and objects known by name. */
    SCRIPTS("scripts, replay, lock"),
    /** The scripts are programs: but for SQL in them, only what they did somewhere tells. */
    PROGRAMS("literal SQL, replay, lock");

    private final String label;

    Reading(String label) {
      this.label = label;
    }

    /** What an attribution can come from, in a few words. */
    public String label() {
      return label;
    }
  }

  /** What runs revisions in a scratch database. */
  public enum Replay {
    /** A process of the project's language with the tool in it, driven by stampguard. */
    DRIVER("its own library, driven"),
    /** stampguard itself, statement by statement, as the tool would. */
    STATEMENTS("built in"),
    /** A command of the project. */
    COMMAND("the project's command");

    private final String label;

    Replay(String label) {
      this.label = label;
    }

    /** A few words. */
    public String label() {
      return label;
    }
  }

  /** How single revisions are run in the target. */
  public enum Missing {
    /** With the ledger and the proof in one transaction. */
    PROVEN("yes"),
    /** Each by a process of the tool's, which opens connections of its own and commits. */
    ALONE("yes, each commits");

    private final String label;

    Missing(String label) {
      this.label = label;
    }

    /** A few words. */
    public String label() {
      return label;
    }
  }
}
