package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the object lines of the lock file are sorted by. A relation and all that lives in it stand
 * together: a new table is then one block, and two branches that each add one rarely meet.
 *
 * @param object the object
 * @param relation the relation it lives in; empty for objects that stand alone
 */
record LockedName(ObjectName object, Optional<QualifiedName> relation)
    implements Comparable<LockedName> {
  private static final Comparator<LockedName> ORDER =
      Comparator.comparing(LockedName::block)
          .thenComparing(LockedName::object)
          .thenComparing(name -> name.relation.isPresent());

  static LockedName of(Effect effect) {
    return new LockedName(effect.object(), effect.relation());
  }

  /** The relation that an object's own name tells; empty where the name tells none. */
  static Optional<QualifiedName> relationIn(ObjectName object) {
    return switch (object.kind()) {
      case COLUMN, CONSTRAINT, TRIGGER, POLICY ->
          Optional.of(new QualifiedName(object.parts().get(0), object.parts().get(1)));
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, TABLE, INDEX, VIEW, MATERIALIZED_VIEW, FUNCTION ->
          Optional.empty();
    };
  }

  private QualifiedName block() {
    return relation.orElseGet(() -> ownBlock(object.parts()));
  }

  private QualifiedName ownBlock(List<String> parts) {
    return switch (object.kind()) {
      case EXTENSION -> new QualifiedName("", parts.getFirst());
      case SCHEMA -> new QualifiedName(parts.getFirst(), "");
      case TYPE,
          SEQUENCE,
          TABLE,
          COLUMN,
          CONSTRAINT,
          INDEX,
          VIEW,
          MATERIALIZED_VIEW,
          FUNCTION,
          TRIGGER,
          POLICY ->
          new QualifiedName(parts.get(0), parts.get(1));
    };
  }

  @Override
  public int compareTo(LockedName other) {
    return ORDER.compare(this, other);
  }
}
