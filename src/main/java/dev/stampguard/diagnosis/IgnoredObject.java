package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import java.util.Objects;

/**
 * Drift somebody accepted: an object that a rule of the configuration takes out of a finding.
 *
 * @param code the finding it would have been part of
 * @param object the object's name, or {@code revision} and the id of a revision that nobody is to
 *     judge
 * @param reason why it was accepted, from the rule's comment
 */
public record IgnoredObject(FindingCode code, String object, String reason) {
  public IgnoredObject {
    Objects.requireNonNull(code);
    Objects.requireNonNull(object);
    Objects.requireNonNull(reason);
  }

  public IgnoredObject(FindingCode code, ObjectName object, String reason) {
    this(code, object.toString(), reason);
  }
}
