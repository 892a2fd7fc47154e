package dev.stampguard.tool;

import java.util.List;
import java.util.Objects;

/**
 * A reason why the scripts do not form one readable history.
 *
 * @param kind what is wrong
 * @param message one sentence without a full stop
 * @param file the script, relative to the project
 * @param line 1-based line in it
 * @param revisions the ids concerned; empty when the script names none
 */
public record GraphProblem(
    Kind kind, String message, String file, int line, List<String> revisions) {
  public GraphProblem {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(message);
    Objects.requireNonNull(file);
    revisions = List.copyOf(revisions);
  }

  /** The closed list of what can be wrong with a history. */
  public enum Kind {
    DUPLICATE_ID,
    MISSING_PARENT,
    CYCLE,
    /** A script that the tool itself cannot load. */
    UNREADABLE_SCRIPT,
    /** A script whose place in the history only running it would tell. */
    COMPUTED_PLACE
  }
}
