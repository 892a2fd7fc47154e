package dev.stampguard.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which database a run would use.
 *
 * @param target the database
 * @param losing the sources that were found and not used, strongest first
 * @param policy the rule for this run that the choice was held against; empty when there is none
 */
public record TargetReport(TargetView target, List<Losing> losing, Optional<String> policy)
    implements Report {
  public TargetReport {
    Objects.requireNonNull(target);
    losing = List.copyOf(losing);
    Objects.requireNonNull(policy);
  }

  /**
   * A source that another one overrides.
   *
   * @param source where it stands
   * @param database the database it names
   */
  public record Losing(String source, String database) {
    public Losing {
      Objects.requireNonNull(source);
      Objects.requireNonNull(database);
    }
  }
}
