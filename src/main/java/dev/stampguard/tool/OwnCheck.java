package dev.stampguard.tool;

import java.util.Objects;

/**
 * What came of a check that the project itself has for a revision.
 *
 * @param revision its id
 * @param place the script of the check, relative to the project, with the line where it ended
 * @param result whether it found something wrong
 * @param message why it failed or was not run, one sentence without a full stop; empty when it
 *     passed
 */
public record OwnCheck(String revision, String place, Result result, String message) {
  public OwnCheck {
    Objects.requireNonNull(revision);
    Objects.requireNonNull(place);
    Objects.requireNonNull(result);
    Objects.requireNonNull(message);
  }

  /** How one ends. */
  public enum Result {
    PASSED,
    FAILED,
    /** It was not run to its end, and says nothing. */
    NOT_RUN
  }
}
