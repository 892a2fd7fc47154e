package dev.stampguard.report.text;

import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Verdict;

/** What a piece of text is to its reader; the palette decides how that looks. */
enum Role {
  PLAIN,
  DIM,
  EMPHASIS,
  NAME,
  OK,
  WARNING,
  ERROR;

  /** Whether a line may be broken inside: prose may, names and figures stay in one piece. */
  boolean breakable() {
    return this == PLAIN || this == DIM;
  }

  static Role of(Verdict verdict) {
    return switch (verdict) {
      case CONSISTENT -> OK;
      case BEHIND, UNKNOWN -> WARNING;
      case INCONSISTENT -> ERROR;
    };
  }

  static Role of(Severity severity) {
    return switch (severity) {
      case INFO -> DIM;
      case WARNING -> WARNING;
      case ERROR -> ERROR;
    };
  }

  static Role of(RevisionState state) {
    return switch (state) {
      case APPLIED -> OK;
      case ASSUMED, PENDING -> DIM;
      case PARTIAL, ALTERED, HOLLOW, UNRECORDED, HALF_APPLIED -> ERROR;
    };
  }
}
