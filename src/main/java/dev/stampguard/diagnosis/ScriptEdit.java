package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import java.util.List;
import java.util.Objects;

/**
 * A script that is no longer the one its revision was proven with.
 *
 * @param revision the revision's id
 * @param meaning what the edit changed, as far as anybody knows
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
    /** Both scripts leave the same behind. */
    COSMETIC,
    /** The scripts leave different things behind. */
    REAL,
    /** Nobody has run both. */
    UNKNOWN
  }
}
