package dev.stampguard.report;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.repair.WayOut;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The judgement about one database and what stands around it, for the commands that print it.
 *
 * @param command which of the two asked
 * @param diagnosis the judgement
 * @param target the database judged
 * @param toolName the migration tool, for example {@code alembic}
 * @param toolLocation its script directory, relative to the project
 * @param siblings other databases with the same ledger; empty when nobody looked for them, as for
 *     {@code check}
 * @param repairs the ways out; empty when nobody asked for them, as for {@code check}
 * @param discrepancies both definitions of what is missing or different; shown on a page only
 */
public record DiagnosisReport(
    Command command,
    Diagnosis diagnosis,
    TargetView target,
    String toolName,
    String toolLocation,
    Optional<List<Sibling>> siblings,
    Optional<List<WayOut>> repairs,
    List<Discrepancy> discrepancies)
    implements Report {
  public DiagnosisReport {
    Objects.requireNonNull(command);
    Objects.requireNonNull(diagnosis);
    Objects.requireNonNull(target);
    Objects.requireNonNull(toolName);
    Objects.requireNonNull(toolLocation);
    siblings = siblings.map(List::copyOf);
    repairs = repairs.map(List::copyOf);
    discrepancies = List.copyOf(discrepancies);
    if (command != Command.DIAGNOSE && (siblings.isPresent() || repairs.isPresent())) {
      throw new IllegalArgumentException("only diagnose looks for siblings and ways out");
    }
    if (repairs.stream().flatMap(List::stream).filter(WayOut::recommended).count() > 1) {
      throw new IllegalArgumentException("more than one way out is recommended");
    }
  }

  /** One that says of objects only their names. */
  public DiagnosisReport(
      Command command,
      Diagnosis diagnosis,
      TargetView target,
      String toolName,
      String toolLocation,
      Optional<List<Sibling>> siblings,
      Optional<List<WayOut>> repairs) {
    this(command, diagnosis, target, toolName, toolLocation, siblings, repairs, List.of());
  }

  /** The same with both definitions of what is missing or different. */
  public DiagnosisReport with(List<Discrepancy> shown) {
    return new DiagnosisReport(
        command, diagnosis, target, toolName, toolLocation, siblings, repairs, shown);
  }

  /** The commands that judge a database. */
  public enum Command {
    /** The gate: text is one line. */
    CHECK,
    /** The gate after a command that was to change the database. */
    EXEC,
    /** The whole story. */
    DIAGNOSE;

    /** The word on the command line and in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
