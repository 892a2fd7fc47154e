package dev.stampguard.config;

import java.util.Objects;

/**
 * Which databases a run may use: with one, a target that does not fit is an error (SG118).
 *
 * @param allowed the names that are allowed
 * @param where the place that says so, for example {@code stampguard.properties:3 policy.database}
 */
public record DatabasePolicy(Glob allowed, String where) {
  public DatabasePolicy {
    Objects.requireNonNull(allowed);
    Objects.requireNonNull(where);
  }

  /** Whether a run may use the database of this name. */
  public boolean allows(String database) {
    return allowed.matches(database);
  }
}
