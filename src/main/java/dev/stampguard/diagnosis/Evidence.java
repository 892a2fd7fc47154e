package dev.stampguard.diagnosis;

import java.util.Locale;

/** What the catalog shows of one revision's effects. */
public enum Evidence {
  PRESENT,
  ABSENT,
  PARTIAL,
  DIFFERENT,
  /** Nothing of it can be seen: it left no trace, or later revisions covered every trace. */
  NONE;

  /** The word in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
