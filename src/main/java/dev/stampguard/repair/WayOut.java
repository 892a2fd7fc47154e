package dev.stampguard.repair;

import java.util.Objects;

/**
 * One strategy, judged for one diagnosis.
 *
 * @param strategy the strategy
 * @param applicable whether it can end the findings
 * @param recommended whether it is the one to take; at most one of a list is
 * @param reason why, or why not, in one sentence without a full stop
 */
public record WayOut(Strategy strategy, boolean applicable, boolean recommended, String reason) {
  public WayOut {
    Objects.requireNonNull(strategy);
    Objects.requireNonNull(reason);
    if (recommended && !applicable) {
      throw new IllegalArgumentException(strategy.label() + " cannot be recommended and not apply");
    }
  }
}
