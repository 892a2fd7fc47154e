package dev.stampguard.expectation.replay;

import dev.stampguard.expectation.Expectation;
import java.util.List;
import java.util.Objects;

/**
 * What came out of running the revisions.
 *
 * @param expectation what each revision that ran did; one that did not run is missing
 * @param failures revisions that failed for another reason than a missing object, in the order
 *     tried; those without one are the expectation's gaps
 * @param notReplayed revisions that did not run because they need one that failed, oldest first
 * @param unfilled why gaps stayed open although it is known what is missing, one sentence each
 * @param proven whether the changes seen add up to what a full read found in the end
 */
public record Replay(
    Expectation expectation,
    List<Failure> failures,
    List<String> notReplayed,
    List<String> unfilled,
    boolean proven) {
  public Replay {
    Objects.requireNonNull(expectation);
    failures = List.copyOf(failures);
    notReplayed = List.copyOf(notReplayed);
    unfilled = List.copyOf(unfilled);
  }

  /** Whether every revision ran; a gap that was filled holds nothing up. */
  public boolean complete() {
    return failures.isEmpty()
        && notReplayed.isEmpty()
        && expectation.gaps().stream()
            .allMatch(gap -> expectation.revisions().containsKey(gap.revision()));
  }

  /**
   * A revision that failed.
   *
   * @param line 1-based line of its script
   * @param message one sentence without a full stop
   */
  public record Failure(String revision, int line, String message) {
    public Failure {
      Objects.requireNonNull(revision);
      Objects.requireNonNull(message);
    }
  }
}
