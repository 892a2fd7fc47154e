package dev.stampguard.diagnosis;

import java.util.Locale;

/** How much a finding weighs, lightest first. */
public enum Severity {
  INFO,
  WARNING,
  ERROR;

  /** The word in text, JSON and {@code --fail-on}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
