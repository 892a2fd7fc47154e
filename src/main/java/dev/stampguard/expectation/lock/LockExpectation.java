package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Turns a lock file back into what it was written from. */
public final class LockExpectation {
  private LockExpectation() {}

  /**
   * What the graph's revisions must leave behind, as the lock file has it.
   *
   * @param graph the scripts' history now; revisions the lock does not know are missing in the
   *     answer, and those it alone knows are left out
   */
  public static Expectation of(LockFile lock, RevisionGraph graph) {
    var revisions = new LinkedHashMap<String, RevisionExpectation>();
    var gaps = new ArrayList<ChainGap>();
    Map<String, Set<ObjectName>> touched = new LinkedHashMap<>();
    for (Revision revision : graph.revisions()) {
      LockedRevision locked = lock.revisions().get(revision.id());
      if (locked == null) {
        continue;
      }
      locked.expectation().ifPresent(expected -> revisions.put(revision.id(), expected));
      gaps.addAll(locked.gaps());
      if (!locked.possiblyTouched().isEmpty()) {
        touched.put(revision.id(), locked.possiblyTouched());
      }
    }
    return new Expectation(Expectation.Source.LOCK, revisions, gaps, touched);
  }

  /** TMP. */
  public static Expectation of(
      LockFile lock,
      RevisionGraph graph,
      LockDrift drift,
      Expectation scripts,
      Set<String> recorded) {
    return of(lock, graph).completedBy(scripts);
  }
}
