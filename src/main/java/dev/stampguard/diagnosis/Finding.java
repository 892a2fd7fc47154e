package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import java.util.List;
import java.util.Objects;

/**
 * One thing that is wrong or worth knowing; one per code and connected group of revisions.
 *
 * @param code its stable code
 * @param severity how much it weighs here
 * @param title the failure in a few words
 * @param detail what was seen, in whole sentences a tired person understands
 * @param objects the objects concerned, sorted
 * @param revisions the revisions concerned, oldest first
 * @param hint what ends it
 */
public record Finding(
    FindingCode code,
    Severity severity,
    String title,
    String detail,
    List<ObjectName> objects,
    List<String> revisions,
    String hint) {
  /** The hint where a repair is recommended. */
  public static final String REPAIR =
      "`stampguard repair` plans it, `stampguard repair --apply --yes` carries it out";

  /** The hint where only the ledger's checksum has to follow a script. */
  static final String RECORD_AS_IT_IS =
      "`stampguard repair --strategy restamp` records the script as it is now";

  /** What a hint says of a table that may be the ledger, and is not the one that was read. */
  static final String ANOTHER_LEDGER =
      " has a ledger's columns: if it is the ledger, say so in `stampguard.properties`: ";

  public Finding {
    Objects.requireNonNull(code);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(title);
    Objects.requireNonNull(detail);
    objects = objects.stream().sorted().distinct().toList();
    revisions = List.copyOf(revisions);
    Objects.requireNonNull(hint);
  }

  /** The same with another hint. */
  Finding hinting(String other) {
    return new Finding(code, severity, title, detail, objects, revisions, other);
  }

  /** The same with one more sentence, which begins with a blank. */
  Finding adding(String sentence) {
    return new Finding(code, severity, title, detail + sentence, objects, revisions, hint);
  }

  /** Whether it says why the question could not be answered. */
  public boolean isObstacle() {
    return severity == Severity.ERROR && (code == FindingCode.SG110 || code == FindingCode.SG111);
  }

  /** Whether setting or following the ledger ends it, although nothing contradicts the schema. */
  public boolean isLedgersOwn() {
    return code == FindingCode.SG115 || (code == FindingCode.SG114 && hint.equals(RECORD_AS_IT_IS));
  }

  /**
   * Whether the ledger may be elsewhere, so that writing one where it was looked for would make a
   * second.
   */
  public boolean isLedgerElsewhere() {
    return hint.contains(ANOTHER_LEDGER);
  }

  /** Whether it says that ledger and schema contradict each other. */
  public boolean isContradiction() {
    return severity == Severity.ERROR
        && switch (code) {
          case SG111, SG118 -> false;
          // Ledger and schema may well agree; it is the command that promised more.
          case SG108 -> false;
          // Without objects it is a ledger too narrow for what comes: nothing recorded is untrue.
          case SG119 -> !objects.isEmpty();
          case SG101,
              SG102,
              SG103,
              SG104,
              SG105,
              SG106,
              SG107,
              SG109,
              SG110,
              SG112,
              SG113,
              SG114,
              SG115,
              SG116,
              SG117,
              SG120 ->
              true;
        };
  }
}
