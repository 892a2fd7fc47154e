package dev.stampguard.service.repair;

import dev.stampguard.target.Target;
import java.util.Objects;
import java.util.Optional;

/**
 * When and where steps are tried on a copy of the schema.
 *
 * @param must whether the plan is to be carried out, so that it must be tried; otherwise it is
 *     tried only where the target's server is on this machine
 * @param place another server for the copy; empty for the target's own
 * @param path the variable {@code PATH}, for {@code pg_dump}
 */
public record RehearsalSettings(boolean must, Optional<Target> place, String path) {
  public RehearsalSettings {
    Objects.requireNonNull(place);
    Objects.requireNonNull(path);
  }
}
