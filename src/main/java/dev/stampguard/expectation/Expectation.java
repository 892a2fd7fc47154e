package dev.stampguard.expectation;

import dev.stampguard.catalog.ObjectName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the revisions must leave behind, and how that is known.
 *
 * @param source how it is known
 * @param revisions by id, in the graph's order; a revision that could not be read at all is missing
 * @param gaps places where the chain cannot run from nothing, oldest first
 * @param possiblyTouched per revision the objects it may have dropped or renamed in a way that
 *     could not be read; such objects are not judged against earlier revisions
 */
public record Expectation(
    Source source,
    Map<String, RevisionExpectation> revisions,
    List<ChainGap> gaps,
    Map<String, Set<ObjectName>> possiblyTouched) {
  public Expectation {
    Objects.requireNonNull(source);
    revisions = Collections.unmodifiableMap(new LinkedHashMap<>(revisions));
    gaps = List.copyOf(gaps);
    possiblyTouched = Map.copyOf(possiblyTouched);
  }

  /** Whether every revision could be read completely. */
  public boolean exact() {
    return revisions.values().stream().allMatch(RevisionExpectation::exact);
  }

  /** Where an expectation comes from, best first. */
  public enum Source {
    LOCK,
    REPLAY,
    REFERENCE,
    SCRIPTS;

    /** The word in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A revision that needs a relation which nothing before it creates.
   *
   * @param revision the revision that cannot run
   * @param line 1-based line of the statement in its script
   * @param needs the relation it lacks
   * @param creators revisions that create the relation, later or on another branch; may be empty
   */
  public record ChainGap(String revision, int line, ObjectName needs, List<String> creators) {
    public ChainGap {
      Objects.requireNonNull(revision);
      Objects.requireNonNull(needs);
      creators = List.copyOf(creators);
    }
  }
}
