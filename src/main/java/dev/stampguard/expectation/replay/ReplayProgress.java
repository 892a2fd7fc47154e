package dev.stampguard.expectation.replay;

/** Hears how far a replay is. */
@FunctionalInterface
public interface ReplayProgress {
  /**
   * A revision was dealt with.
   *
   * @param done how many were
   * @param total how many there are
   */
  void advanced(int done, int total);
}
