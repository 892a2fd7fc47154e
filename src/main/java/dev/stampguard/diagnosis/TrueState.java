package dev.stampguard.diagnosis;

import java.util.List;

/**
 * The interval of histories the catalog can be at, each end written as the heads of a down-closed
 * set of revisions; no heads is base.
 *
 * @param lower the smallest history that explains the catalog, heads sorted
 * @param upper the largest one, heads sorted
 * @param exact whether both ends are the same
 */
public record TrueState(List<String> lower, List<String> upper, boolean exact) {
  public TrueState {
    lower = List.copyOf(lower);
    upper = List.copyOf(upper);
  }

  /** An interval between two ends. */
  public static TrueState between(List<String> lower, List<String> upper) {
    return new TrueState(lower, upper, lower.equals(upper));
  }
}
