package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a lock file back into what it was written from. */
public final class LockExpectation {
  private LockExpectation() {}

  /**
   * What the scripts' revisions must leave behind, where the scripts may have moved on since the
   * lock was written. Revisions that the lock has not seen as they are now count by name only, as
   * their scripts read; so does everything that those of them which are recorded may have changed.
   * No replay is needed, and a lock that is out of date gives no false finding.
   *
   * @param drift what {@link LockDrift#between} says of this lock and these scripts
   * @param recorded what the database's ledger claims: its rows, or all revisions they stand for
   * @param catalog what is there, for names that scripts leave to PostgreSQL or to a convention
   */
  public static Expectation of(
      LockFile lock,
      Scripts scripts,
      LockDrift drift,
      Set<String> recorded,
      CatalogSnapshot catalog) {
    var stale = new StaleLock(lock, scripts, drift, recorded);
    return stale.isCurrent() ? of(lock, scripts.graph()) : stale.expectation(catalog);
  }

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
    return new Expectation(
        Expectation.Source.LOCK, revisions, gaps, touched, failures(lock, graph, Set.of()));
  }

  /**
   * Revisions at which the replay failed that the lock was written from: they did not run, and all
   * they need did.
   *
   * @param changed revisions whose script is another one by now, so that nothing is known of it
   */
  static List<Expectation.Failure> failures(
      LockFile lock, RevisionGraph graph, Set<String> changed) {
    return graph.revisions().stream()
        .map(Revision::id)
        .filter(id -> !changed.contains(id) && isUnread(lock, id))
        .filter(id -> graph.needs(id).stream().noneMatch(needed -> isUnread(lock, needed)))
        .map(
            id ->
                new Expectation.Failure(
                    id, "could not be run when `%s` was written".formatted(LockFile.NAME)))
        .toList();
  }

  private static boolean isUnread(LockFile lock, String revision) {
    LockedRevision locked = lock.revisions().get(revision);
    return locked != null && locked.expectation().isEmpty();
  }
}
