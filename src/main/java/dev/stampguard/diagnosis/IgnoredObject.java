package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import java.util.Objects;

/**
 * Drift somebody accepted: an object that a rule of the configuration takes out of a finding.
 *
 * @param code the finding it would have been part of
 * @param object the object
 * @param reason why it was accepted, from the rule's comment
 */
public record IgnoredObject(FindingCode code, ObjectName object, String reason) {
  public IgnoredObject {
    Objects.requireNonNull(code);
    Objects.requireNonNull(object);
    Objects.requireNonNull(reason);
  }
}
