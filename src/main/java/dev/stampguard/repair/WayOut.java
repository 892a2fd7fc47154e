package dev.stampguard.repair;

import dev.stampguard.tool.Lack;
import java.util.Objects;
import java.util.Optional;

/**
 * One strategy, judged for one diagnosis.
 *
 * @param strategy the strategy
 * @param applicable whether it can end the findings
 * @param recommended whether it is the one to take; at most one of a list is
 * @param reason why, or why not, in one sentence without a full stop
 * @param lack what has to be said before it can be carried out here; such a one is never
 *     recommended
 */
public record WayOut(
    Strategy strategy,
    boolean applicable,
    boolean recommended,
    String reason,
    Optional<Lack> lack) {
  /** One that lacks nothing. */
  public WayOut(Strategy strategy, boolean applicable, boolean recommended, String reason) {
    this(strategy, applicable, recommended, reason, Optional.empty());
  }

  public WayOut {
    Objects.requireNonNull(strategy);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(lack);
    if (recommended && !applicable) {
      throw new IllegalArgumentException(strategy.label() + " cannot be recommended and not apply");
    }
  }
}
