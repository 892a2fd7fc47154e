package dev.stampguard.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which databases a run may use: with one, a target that does not fit is an error (SG118).
 *
 * @param allowed patterns of the names that are allowed; at least one
 * @param where the place that says so, for example {@code stampguard.properties:3 policy.database}
 */
public record DatabasePolicy(List<Glob> allowed, String where) {
  public DatabasePolicy {
    allowed = List.copyOf(allowed);
    Objects.requireNonNull(where);
  }

  /** Whether a run may use the database of this name. */
  public boolean allows(String database) {
    return allowed.stream().anyMatch(glob -> glob.matches(database));
  }

  /** The patterns as they were written, with commas between them. */
  public String patterns() {
    return allowed.stream().map(Glob::toString).collect(Collectors.joining(","));
  }
}
