package dev.stampguard.diagnosis;

/** The diagnosis catalogue's stable codes that this build can find, with their default severity. */
public enum FindingCode {
  SG101(Severity.ERROR, "hollow: nothing of the recorded schema is there"),
  SG102(Severity.ERROR, "hollow: the newest recorded revisions were never applied"),
  SG103(Severity.ERROR, "hollow hole: a revision inside the recorded history was never applied"),
  SG104(Severity.ERROR, "partial: only some of a revision's objects are there"),
  SG105(Severity.ERROR, "altered: an object is not as its revision made it"),
  SG106(Severity.ERROR, "created from models and stamped: what only migrations create is missing"),
  SG107(Severity.ERROR, "unrecorded: objects of pending revisions are already there"),
  SG108(Severity.ERROR, "said it was done and changed nothing"),
  SG109(Severity.WARNING, "several heads"),
  SG110(Severity.ERROR, "unknown revision: the ledger names one that no script defines"),
  SG111(Severity.WARNING, "broken chain: the scripts cannot build a database from nothing"),
  SG112(Severity.INFO, "orphan objects: nothing in the scripts creates them"),
  SG113(Severity.ERROR, "failed: the ledger itself says that a migration did not end well"),
  SG114(
      Severity.WARNING,
      "edited: the script of an applied revision is not the one it was proven with"),
  SG115(Severity.WARNING, "late: pending below what is applied already"),
  SG116(Severity.ERROR, "invalid index"),
  SG117(Severity.WARNING, "the ledger is not where it is looked for, or not the only one"),
  SG118(Severity.WARNING, "sources disagree about the target"),
  SG119(Severity.ERROR, "the ledger is absent, empty or too narrow"),
  SG120(
      Severity.WARNING,
      "stale lock: the migration tool's lock is held, and nobody seems to be behind it");

  private final Severity severity;
  private final String title;

  FindingCode(Severity severity, String title) {
    this.severity = severity;
    this.title = title;
  }

  /** How much it weighs where a rule does not say otherwise. */
  public Severity severity() {
    return severity;
  }

  /** The failure in a few words. */
  public String title() {
    return title;
  }
}
