package dev.stampguard.tool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a ledger says that keeps a row for every revision, besides which of them ran.
 *
 * @param heads what it claims in short: the last revision of the chain; empty for base
 * @param failed ids whose row says that running them failed; they count as recorded
 * @param edited ids whose row says that another script ran than the one that is there now; they
 *     count as recorded
 * @param outdated ids of scripts that run whenever they change, and have changed; they are not
 *     recorded
 * @param late ids that are not recorded and that the tool will not run any more, because later ones
 *     are recorded
 * @param rows the rows as they stand, column by column, oldest first; a value may be {@code null}
 * @param foreign relations that migrations made which it records and which are not of this project
 * @param unmet ids that it lacks, and for each a recorded one that needs it: the tool takes such a
 *     ledger for broken
 * @param passed ids that run on a condition and, by the rows, did not: recorded or not, what they
 *     would have made may be there or not
 */
public record LedgerMarks(
    List<String> heads,
    Set<String> failed,
    Set<String> edited,
    Set<String> outdated,
    Set<String> late,
    List<List<String>> rows,
    ForeignRelations foreign,
    Map<String, String> unmet,
    Set<String> passed) {
  /** A ledger without rows. */
  public static final LedgerMarks NONE =
      new LedgerMarks(List.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of());

  /** One that records the migrations of this project and no others. */
  public LedgerMarks(
      List<String> heads,
      Set<String> failed,
      Set<String> edited,
      Set<String> outdated,
      Set<String> late,
      List<List<String>> rows) {
    this(heads, failed, edited, outdated, late, rows, ForeignRelations.NONE, Map.of(), Set.of());
  }

  public LedgerMarks {
    Objects.requireNonNull(foreign);
    unmet = Collections.unmodifiableMap(new TreeMap<>(unmet));
    heads = List.copyOf(heads);
    failed = sorted(failed);
    edited = sorted(edited);
    outdated = sorted(outdated);
    late = sorted(late);
    passed = sorted(passed);
    rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
  }

  private static Set<String> sorted(Set<String> ids) {
    return Collections.unmodifiableSet(new TreeSet<>(ids));
  }
}
