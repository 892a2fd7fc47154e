package dev.stampguard.target;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which database a run uses, and what else was found on the way.
 *
 * @param target the database
 * @param losing the other sources that name one, strongest first
 * @param warnings what to tell the user; never holds a password
 * @param disagreement present when process environment and {@code .env} name different databases,
 *     whichever source won
 */
public record TargetResolution(
    Target target,
    List<LosingSource> losing,
    List<String> warnings,
    Optional<Disagreement> disagreement) {
  public TargetResolution {
    Objects.requireNonNull(target);
    losing = List.copyOf(losing);
    warnings = List.copyOf(warnings);
    Objects.requireNonNull(disagreement);
  }
}
