package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One revision as it was when the lock file was written.
 *
 * @param revision its place in the history
 * @param script its script's content
 * @param fingerprint the catalog after it and everything it needs, and nothing else: a revision on
 *     another branch does not change it
 * @param expectation what it must leave behind; empty when it could not be read at all
 * @param gaps what it needs and nothing before it creates
 * @param possiblyTouched objects it may have dropped or renamed in a way that could not be read
 */
public record LockedRevision(
    Revision revision,
    ScriptDigest script,
    CatalogFingerprint fingerprint,
    Optional<RevisionExpectation> expectation,
    List<ChainGap> gaps,
    SortedSet<ObjectName> possiblyTouched) {
  public LockedRevision {
    Objects.requireNonNull(revision);
    Objects.requireNonNull(script);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(expectation);
    gaps = List.copyOf(gaps);
    possiblyTouched = Collections.unmodifiableSortedSet(new TreeSet<>(possiblyTouched));
  }

  String id() {
    return revision.id();
  }

  /**
   * Whether both are of the same script and say the same, whatever major they were made on and
   * whatever the script's file is called: what else a revision has follows from the script, but for
   * the labels it may name its parents by.
   */
  boolean isEquivalentTo(LockedRevision other) {
    return revision.parents().equals(other.revision.parents())
        && revision.dependsOn().equals(other.revision.dependsOn())
        && script.equals(other.script)
        && gaps.equals(other.gaps)
        && possiblyTouched.equals(other.possiblyTouched)
        && Reading.of(expectation) == Reading.of(other.expectation)
        && Effect.areEquivalent(effects(), other.effects());
  }

  List<Effect> effects() {
    return expectation.map(RevisionExpectation::effects).orElse(List.of());
  }
}
