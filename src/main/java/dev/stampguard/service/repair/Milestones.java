package dev.stampguard.service.repair;

/** Hears where a repair is: for people who wait, and for tests that end it at that very moment. */
@FunctionalInterface
public interface Milestones {
  /** Nobody listens. */
  Milestones UNHEARD = milestone -> {};

  /**
   * A point was reached.
   *
   * @param milestone what comes next, in a few words, for example {@code commit segment 1}
   */
  void reached(String milestone);
}
