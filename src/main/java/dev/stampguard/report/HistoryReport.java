package dev.stampguard.report;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The history the scripts describe, with or without what a database shows of it.
 *
 * @param target the database asked; empty when none was
 * @param toolName the migration tool, for example {@code alembic}
 * @param toolLocation its script directory, relative to the project
 * @param heads the scripts' heads, sorted
 * @param ledger what the database claims; empty when none was asked
 * @param entries every revision, oldest first
 * @param drawn whether text output draws the branches
 */
public record HistoryReport(
    Optional<TargetView> target,
    String toolName,
    String toolLocation,
    List<String> heads,
    Optional<Ledger> ledger,
    List<Entry> entries,
    boolean drawn)
    implements Report {
  public HistoryReport {
    Objects.requireNonNull(target);
    Objects.requireNonNull(toolName);
    Objects.requireNonNull(toolLocation);
    heads = List.copyOf(heads);
    Objects.requireNonNull(ledger);
    entries = List.copyOf(entries);
  }

  /**
   * One revision of the history.
   *
   * @param revision the revision
   * @param judged what is true of it; empty when no database was asked
   * @param creates the objects it creates that stand alone, sorted; empty when not known
   */
  public record Entry(
      Revision revision, Optional<RevisionDiagnosis> judged, List<ObjectName> creates) {
    public Entry {
      Objects.requireNonNull(revision);
      Objects.requireNonNull(judged);
      creates = List.copyOf(creates);
    }
  }

  /** The history as one database shows it. */
  public static HistoryReport judged(
      TargetView target,
      String toolName,
      String toolLocation,
      Diagnosis diagnosis,
      Expectation expectation,
      boolean drawn) {
    List<Entry> entries =
        diagnosis.revisions().stream()
            .map(
                judged ->
                    new Entry(
                        judged.revision(),
                        Optional.of(judged),
                        creates(expectation, judged.revision().id())))
            .toList();
    return new HistoryReport(
        Optional.of(target),
        toolName,
        toolLocation,
        diagnosis.heads(),
        Optional.of(diagnosis.ledger()),
        entries,
        drawn);
  }

  /** The history from the scripts alone. */
  public static HistoryReport offline(
      String toolName,
      String toolLocation,
      RevisionGraph graph,
      Expectation expectation,
      boolean drawn) {
    List<Entry> entries =
        graph.revisions().stream()
            .map(
                revision ->
                    new Entry(revision, Optional.empty(), creates(expectation, revision.id())))
            .toList();
    return new HistoryReport(
        Optional.empty(), toolName, toolLocation, graph.heads(), Optional.empty(), entries, drawn);
  }

  private static List<ObjectName> creates(Expectation expectation, String revision) {
    RevisionExpectation expected = expectation.revisions().get(revision);
    if (expected == null) {
      return List.of();
    }
    return expected.effects().stream()
        .filter(effect -> effect.before().isEmpty() && effect.after().isPresent())
        .map(effect -> effect.object())
        .filter(object -> !object.kind().isInsideRelation())
        .sorted()
        .toList();
  }
}
