package dev.stampguard.report;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.IgnoredObject;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.repair.WayOut;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param others the judgements by the project's further tools, in the order in which they are
 *     looked for
 */
public record DiagnosisReport(
    Command command,
    Diagnosis diagnosis,
    TargetView target,
    String toolName,
    String toolLocation,
    Optional<List<Sibling>> siblings,
    Optional<List<WayOut>> repairs,
    List<Discrepancy> discrepancies,
    List<ToolStory> others)
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
    others = List.copyOf(others);
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
    this(
        command,
        diagnosis,
        target,
        toolName,
        toolLocation,
        siblings,
        repairs,
        List.of(),
        List.of());
  }

  /** The same with both definitions of what is missing or different. */
  public DiagnosisReport with(List<Discrepancy> shown) {
    return new DiagnosisReport(
        command, diagnosis, target, toolName, toolLocation, siblings, repairs, shown, others);
  }

  /** The same with what further tools say. */
  public DiagnosisReport beside(List<ToolStory> further) {
    return new DiagnosisReport(
        command,
        diagnosis,
        target,
        toolName,
        toolLocation,
        siblings,
        repairs,
        discrepancies,
        further);
  }

  /** One tool's judgement as a report of its own. */
  private DiagnosisReport of(ToolStory story) {
    return new DiagnosisReport(
        command, story.diagnosis(), target, story.name(), story.location(), siblings, story.ways());
  }

  /** Every tool's judgement by itself, the first one's first. */
  public List<DiagnosisReport> each() {
    return Stream.concat(
            Stream.of(others.isEmpty() ? this : beside(List.of())), others.stream().map(this::of))
        .toList();
  }

  /** The one that says the worst; the earlier of two that are as bad. */
  public DiagnosisReport worst() {
    Comparator<DiagnosisReport> byWeight =
        Comparator.comparing((DiagnosisReport one) -> one.diagnosis().verdict())
            .thenComparing(one -> one.has(Severity.ERROR))
            .thenComparing(one -> one.has(Severity.WARNING));
    return each().stream()
        .reduce((worst, next) -> byWeight.compare(next, worst) > 0 ? next : worst)
        .orElse(this);
  }

  private boolean has(Severity severity) {
    return diagnosis.findings().stream().anyMatch(finding -> finding.severity() == severity);
  }

  /** The worst verdict of all tools. */
  public Verdict verdict() {
    return worst().diagnosis().verdict();
  }

  /** The findings of all tools, heaviest first, then by code; what two of them say is said once. */
  public List<Finding> findings() {
    if (others.isEmpty()) {
      return diagnosis.findings();
    }
    return each().stream()
        .flatMap(one -> one.diagnosis().findings().stream())
        .distinct()
        .sorted(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::code))
        .toList();
  }

  /** The drift that was accepted by any tool's judgement, sorted. */
  public List<IgnoredObject> ignored() {
    return each().stream()
        .flatMap(one -> one.diagnosis().ignored().stream())
        .distinct()
        .sorted(Comparator.comparing(IgnoredObject::code).thenComparing(IgnoredObject::object))
        .toList();
  }

  /** Objects that no revision of any tool creates, folded, sorted. */
  public List<ObjectName> extras() {
    return each().stream()
        .flatMap(one -> one.diagnosis().extras().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Places of rules that accept drift which no tool finds. */
  public List<String> unusedAcceptances() {
    return diagnosis.unusedAcceptances().stream()
        .filter(
            place ->
                others.stream()
                    .allMatch(other -> other.diagnosis().unusedAcceptances().contains(place)))
        .toList();
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
