package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.SchemaAlias;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * What the database claims: the migration tool's version table.
 *
 * @param table where it is, or where the tool would create it
 * @param exists whether the table is there at all
 * @param rows the recorded ids as they stand, sorted; empty when there are none
 * @param others further ledgers of the same tool in this database
 * @param onSearchPath whether the tool finds the table by the search path of this connection
 * @param width how many characters its version column takes; empty when it takes any number, or
 *     when there is no table
 * @param marks what else its rows say, where it keeps one for every revision; empty where a row
 *     stands for all that its revision needs as well
 * @param companions tables that the tool keeps beside it, whether they are there or not
 * @param beside tables in the same database that other migration tools keep for themselves, sorted
 * @param manner what is to be known of the tool to talk about it
 */
public record Ledger(
    QualifiedName table,
    boolean exists,
    List<String> rows,
    List<QualifiedName> others,
    boolean onSearchPath,
    OptionalInt width,
    Optional<LedgerMarks> marks,
    List<QualifiedName> companions,
    List<ToolTable> beside,
    LedgerManner manner) {
  public Ledger {
    Objects.requireNonNull(table);
    rows = List.copyOf(rows);
    others = List.copyOf(others);
    Objects.requireNonNull(width);
    Objects.requireNonNull(marks);
    companions = List.copyOf(companions);
    beside = List.copyOf(beside);
    Objects.requireNonNull(manner);
  }

  /** One with nothing of other tools beside it. */
  public Ledger(
      QualifiedName table,
      boolean exists,
      List<String> rows,
      List<QualifiedName> others,
      boolean onSearchPath,
      OptionalInt width,
      Optional<LedgerMarks> marks,
      List<QualifiedName> companions) {
    this(
        table,
        exists,
        rows,
        others,
        onSearchPath,
        width,
        marks,
        companions,
        List.of(),
        LedgerManner.PLAIN);
  }

  /** One that is a table alone. */
  public Ledger(
      QualifiedName table,
      boolean exists,
      List<String> rows,
      List<QualifiedName> others,
      boolean onSearchPath,
      OptionalInt width,
      Optional<LedgerMarks> marks) {
    this(table, exists, rows, others, onSearchPath, width, marks, List.of());
  }

  /** One of which a row stands for all that its revision needs as well. */
  public Ledger(
      QualifiedName table,
      boolean exists,
      List<String> rows,
      List<QualifiedName> others,
      boolean onSearchPath,
      OptionalInt width) {
    this(table, exists, rows, others, onSearchPath, width, Optional.empty());
  }

  /** The same, its schema under another name. */
  public Ledger in(SchemaAlias alias) {
    return new Ledger(
        alias.name(table),
        exists,
        rows,
        others,
        onSearchPath,
        width,
        marks,
        companions.stream().map(alias::name).toList(),
        beside,
        manner);
  }

  /** The revisions of the scripts that it says were applied. */
  public Set<String> recorded(RevisionGraph graph) {
    if (marks.isEmpty()) {
      return graph.closure(rows);
    }
    var known = new HashSet<>(rows);
    known.removeIf(id -> graph.find(id).isEmpty());
    return known;
  }

  /** How many rows its table has, which may be fewer than it records, or more. */
  public int size() {
    return marks
        .map(known -> known.rows().size())
        .filter(size -> size > 0 || rows.isEmpty())
        .orElse(rows.size());
  }

  /** What it claims, in as few ids as say it. */
  public List<String> claimed() {
    return marks.map(LedgerMarks::heads).orElse(rows);
  }

  /** The rows it has, sorted, when exactly these revisions are recorded. */
  public List<String> rowsFor(RevisionGraph graph, Collection<String> revisions) {
    return marks.isEmpty()
        ? graph.headsOf(revisions)
        : revisions.stream().distinct().sorted().toList();
  }

  /** Its rows with what they say besides, for telling whether they changed. */
  public List<String> standing() {
    return rows.stream()
        .map(
            id ->
                id
                    + (isMarked(id, LedgerMarks::failed) ? " (failed)" : "")
                    + (isMarked(id, LedgerMarks::edited) ? " (edited)" : ""))
        .toList();
  }

  /** The ids with a mark, sorted; none where rows say nothing besides. */
  public Set<String> marked(Function<LedgerMarks, Set<String>> mark) {
    return marks.map(mark).orElse(Set.of());
  }

  private boolean isMarked(String id, Function<LedgerMarks, Set<String>> mark) {
    return marked(mark).contains(id);
  }
}
