package dev.stampguard.diagnosis;

import dev.stampguard.expectation.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects what the catalog shows of one revision. */
final class Tally {
  private final List<Effect> present = new ArrayList<>();
  private final List<Effect> missing = new ArrayList<>();
  private final List<Effect> different = new ArrayList<>();
  private final Set<String> causes = new TreeSet<>();
  private boolean seenAfter;
  private boolean maybeAfter;
  private boolean seenBefore;
  private boolean followsAbsent;
  private boolean contradicted;
  private boolean exactlySeen;
  private boolean inexactlySeen;
  private boolean isUnclear;

  /**
   * The object is as the revision left it.
   *
   * @param isThere false when a later revision has taken the object away again
   * @param certain false when it was so at an earlier time too: no proof against other evidence
   * @param exact whether all of its definition could be compared
   */
  void after(Effect effect, boolean isThere, boolean certain, boolean exact) {
    seenAfter |= certain;
    maybeAfter |= !certain;
    exactlySeen |= exact;
    inexactlySeen |= !exact;
    if (isThere && effect.after().isPresent()) {
      present.add(effect);
    }
  }

  /** The object is as it was before the revision, which owes it. */
  void before(Effect effect, boolean isThere) {
    before();
    (isThere ? different : missing).add(effect);
  }

  /** An object shows that the revision has not run, though nothing about that object is wrong. */
  void before() {
    seenBefore = true;
    exactlySeen = true;
  }

  /** The object is in a form that no revision gave it. */
  void different(Effect effect) {
    contradicted = true;
    exactlySeen = true;
    different.add(effect);
  }

  /** Nobody can tell whether an object is as it should be. */
  void unclear() {
    isUnclear = true;
  }

  /** What the revision wrote is not as it made it because of a revision that never ran. */
  void follows(String absent) {
    followsAbsent = true;
    causes.add(absent);
  }

  /** What it owes lies in a relation that another revision owes. */
  void inside(String owner) {
    causes.add(owner);
  }

  boolean hasRun() {
    return seenAfter;
  }

  boolean hasNotRun() {
    return seenBefore && !seenAfter && !contradicted;
  }

  Evidence evidence() {
    if (contradicted) {
      return Evidence.DIFFERENT;
    }
    if (seenAfter) {
      return seenBefore ? Evidence.PARTIAL : Evidence.PRESENT;
    }
    if (seenBefore) {
      return Evidence.ABSENT;
    }
    if (maybeAfter) {
      return Evidence.PRESENT;
    }
    return followsAbsent ? Evidence.ABSENT : Evidence.NONE;
  }

  /** Whether something was compared as far as it goes, or there was nothing to compare. */
  boolean exact() {
    return !isUnclear && (exactlySeen || !inexactlySeen);
  }

  List<Effect> present() {
    return evidence() == Evidence.ABSENT ? List.of() : present;
  }

  List<Effect> missing() {
    return missing;
  }

  List<Effect> different() {
    return different;
  }

  /** Revisions that owe what this one lacks, sorted. */
  Set<String> causes() {
    return causes;
  }
}
