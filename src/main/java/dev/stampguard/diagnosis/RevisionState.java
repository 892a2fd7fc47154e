package dev.stampguard.diagnosis;

/** Recorded × evidence: what is true of one revision. */
public enum RevisionState {
  APPLIED("applied"),
  PARTIAL("partial"),
  ALTERED("altered"),
  HOLLOW("hollow"),
  ASSUMED("assumed"),
  UNRECORDED("unrecorded"),
  HALF_APPLIED("half-applied"),
  PENDING("pending");

  private final String label;

  RevisionState(String label) {
    this.label = label;
  }

  /** The word in text and JSON. */
  public String label() {
    return label;
  }

  /** The state of a revision that is recorded or not and shows this evidence. */
  public static RevisionState of(boolean recorded, Evidence evidence) {
    return switch (evidence) {
      case PRESENT -> recorded ? APPLIED : UNRECORDED;
      case PARTIAL -> recorded ? PARTIAL : HALF_APPLIED;
      case DIFFERENT -> recorded ? ALTERED : HALF_APPLIED;
      case ABSENT -> recorded ? HOLLOW : PENDING;
      case NONE -> recorded ? ASSUMED : PENDING;
    };
  }
}
