package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.ObjectName;
import java.util.List;
import java.util.Objects;

/**
 * A script that is no longer the one the lock file was made of.
 *
 * @param revision the revision's id
 * @param meaning what the edit comes to
 * @param objects what the script now leaves otherwise than before, sorted; empty unless the edit is
 *     known to be real
 */
public record ScriptEdit(String revision, Meaning meaning, List<ObjectName> objects) {
  public ScriptEdit {
    Objects.requireNonNull(revision);
    Objects.requireNonNull(meaning);
    objects = List.copyOf(objects);
  }

  /** What an edit comes to. */
  public enum Meaning {
    /** The script leaves what it left before. */
    COSMETIC,
    /** The script leaves something else. */
    REAL,
    /** Nothing proves either: one of the two did not run, or their definitions do not compare. */
    UNKNOWN
  }
}
