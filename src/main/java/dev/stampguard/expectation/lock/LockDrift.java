package dev.stampguard.expectation.lock;

import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the scripts moved on since the lock file was written. All lists hold revision ids.
 *
 * @param added new in the scripts, oldest first: the lock says nothing of them
 * @param edited another script than the one replayed, oldest first; whether it still does the same
 *     only a replay can tell
 * @param reparented with other parents or dependencies than when the lock was written, oldest first
 * @param vanished in the lock only, sorted
 */
public record LockDrift(
    List<String> added, List<String> edited, List<String> reparented, List<String> vanished) {
  /** The lock still speaks of exactly these scripts. */
  public static final LockDrift NONE = new LockDrift(List.of(), List.of(), List.of(), List.of());

  public LockDrift {
    added = List.copyOf(added);
    edited = List.copyOf(edited);
    reparented = List.copyOf(reparented);
    vanished = List.copyOf(vanished);
  }

  /**
   * Holds the scripts against the lock file.
   *
   * @param graph the scripts' history now
   * @param scripts the digests of the scripts now, by revision id; a revision without one counts as
   *     edited, because nothing proves that it is not
   */
  public static LockDrift between(
      LockFile lock, RevisionGraph graph, Map<String, ScriptDigest> scripts) {
    var added = new ArrayList<String>();
    var edited = new ArrayList<String>();
    var reparented = new ArrayList<String>();
    var vanished = new HashSet<>(lock.revisions().keySet());
    for (Revision revision : graph.revisions()) {
      String id = revision.id();
      vanished.remove(id);
      LockedRevision locked = lock.revisions().get(id);
      if (locked == null) {
        added.add(id);
        continue;
      }
      if (!locked.script().equals(scripts.get(id))) {
        edited.add(id);
      }
      if (!needs(locked.revision()).equals(needs(revision))) {
        reparented.add(id);
      }
    }
    return new LockDrift(added, edited, reparented, vanished.stream().sorted().toList());
  }

  private static List<Set<String>> needs(Revision revision) {
    return List.of(Set.copyOf(revision.parents()), Set.copyOf(revision.dependsOn()));
  }

  /** Whether the lock still speaks of exactly these scripts. */
  public boolean isEmpty() {
    return equals(NONE);
  }
}
