package dev.stampguard.repair.plan;

import java.util.Set;

/**
 * What somebody said about revisions that change only data, of which nobody can tell whether they
 * ran.
 *
 * @param assumeApplied ids of those that count as having run
 * @param run ids of those that are to run
 */
public record Decisions(Set<String> assumeApplied, Set<String> run) {
  /** Nothing was said. */
  public static final Decisions NONE = new Decisions(Set.of(), Set.of());

  public Decisions {
    assumeApplied = Set.copyOf(assumeApplied);
    run = Set.copyOf(run);
    if (run.stream().anyMatch(assumeApplied::contains)) {
      throw new IllegalArgumentException("a revision is either assumed applied or run");
    }
  }

  /** Whether anything was said about this revision. */
  public boolean cover(String revision) {
    return assumeApplied.contains(revision) || run.contains(revision);
  }
}
