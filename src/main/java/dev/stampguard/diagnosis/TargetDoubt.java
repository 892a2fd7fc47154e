package dev.stampguard.diagnosis;

import java.util.Objects;

/**
 * A reason to think that the target is not the database that was meant.
 *
 * @param title the doubt in a few words
 * @param severity a warning where sources disagree, an error where a policy forbids the database
 * @param detail what was seen, in whole sentences
 * @param hint what ends it
 */
public record TargetDoubt(String title, Severity severity, String detail, String hint) {
  public TargetDoubt {
    Objects.requireNonNull(title);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(hint);
  }
}
