package dev.stampguard.tool.flyway.replay;

import java.util.Map;
import java.util.Objects;

/**
 * Flyway's settings that decide how a script is read.
 *
 * @param isMixed whether statements that need a transaction and such that cannot bear one may be
 *     mixed
 */
public record EngineSettings(
    boolean isMixed,
    boolean replacesPlaceholders,
    String placeholderPrefix,
    String placeholderSuffix,
    Map<String, String> placeholders) {
  public EngineSettings {
    Objects.requireNonNull(placeholderPrefix);
    Objects.requireNonNull(placeholderSuffix);
    placeholders = Map.copyOf(placeholders);
  }
}
