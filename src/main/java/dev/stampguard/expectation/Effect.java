package dev.stampguard.expectation;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one revision does to one object. Creating, altering and dropping are all effects.
 *
 * @param object the object
 * @param relation the table or view it lives in; empty for objects that stand alone
 * @param before its definition before the revision; empty when it did not exist
 * @param after its definition after the revision; empty when it no longer exists
 */
public record Effect(
    ObjectName object,
    Optional<QualifiedName> relation,
    Optional<Definition> before,
    Optional<Definition> after) {
  public Effect {
    Objects.requireNonNull(object);
    Objects.requireNonNull(relation);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
    if (relation.isPresent() && !object.kind().isInsideRelation()) {
      throw new IllegalArgumentException(object + " lives in no relation");
    }
  }

  /** Whether both do the same to the same object, as far as their definitions can be compared. */
  public boolean isEquivalentTo(Effect other) {
    return object.equals(other.object)
        && relation.equals(other.relation)
        && Definition.match(before, other.before)
        && Definition.match(after, other.after);
  }

  /** Whether two lists, ordered by the same rule, do the same. */
  public static boolean areEquivalent(List<Effect> left, List<Effect> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).isEquivalentTo(right.get(i))) {
        return false;
      }
    }
    return true;
  }
}
