package dev.stampguard.diagnosis;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * A rule by which somebody accepted drift.
 *
 * @param code the finding's code, for example {@code SG112}
 * @param objects whether an object name in the contract's spelling is meant
 * @param reason why it is accepted
 * @param place where the rule stands, for messages
 */
public record AcceptedDrift(String code, Predicate<String> objects, String reason, String place) {
  public AcceptedDrift {
    Objects.requireNonNull(code);
    Objects.requireNonNull(objects);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(place);
  }
}
