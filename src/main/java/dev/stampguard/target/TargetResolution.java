package dev.stampguard.target;

import java.util.List;
import java.util.Map;
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
 * @param foreign parameters of the URL that are not for its driver but for a migration tool, by
 *     name
 */
public record TargetResolution(
    Target target,
    List<LosingSource> losing,
    List<String> warnings,
    Optional<Disagreement> disagreement,
    Map<String, String> foreign) {
  public TargetResolution {
    Objects.requireNonNull(target);
    losing = List.copyOf(losing);
    warnings = List.copyOf(warnings);
    Objects.requireNonNull(disagreement);
    foreign = Map.copyOf(foreign);
  }

  /** One whose URL says nothing to any tool. */
  public TargetResolution(
      Target target,
      List<LosingSource> losing,
      List<String> warnings,
      Optional<Disagreement> disagreement) {
    this(target, losing, warnings, disagreement, Map.of());
  }
}
