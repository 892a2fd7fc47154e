package dev.stampguard.expectation;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A table or view of the simulated catalog and the names inside it. */
final class SimulatedRelation {
  /**
   * A constraint.
   *
   * @param columns what it is declared on; of a check the words of its expression
   */
  record Constraint(ConstraintKind kind, Set<String> columns, Optional<QualifiedName> references) {
    Constraint {
      columns = Set.copyOf(columns);
    }

    /** Whether PostgreSQL keeps an index of the same name for it. */
    boolean hasIndex() {
      return switch (kind) {
        case PRIMARY_KEY, UNIQUE, EXCLUSION -> true;
        case FOREIGN_KEY, CHECK -> false;
      };
    }
  }

  private final ObjectKind kind;

  /** Whether some revision was seen to create it; otherwise only things inside it were. */
  private final boolean created;

  private final Set<String> columns = new LinkedHashSet<>();
  private final Map<String, Constraint> constraints = new LinkedHashMap<>();

  /** Per index the columns it has to do with. */
  private final Map<String, Set<String>> indexes = new LinkedHashMap<>();

  private final Map<String, ObjectKind> others = new LinkedHashMap<>();

  /** Whether it takes columns, constraints and indexes from another relation. */
  private boolean child;

  SimulatedRelation(ObjectKind kind, boolean created) {
    this.kind = kind;
    this.created = created;
  }

  ObjectKind kind() {
    return kind;
  }

  boolean created() {
    return created;
  }

  Set<String> columns() {
    return columns;
  }

  Map<String, Constraint> constraints() {
    return constraints;
  }

  Map<String, Set<String>> indexes() {
    return indexes;
  }

  /** Triggers and policies by name. */
  Map<String, ObjectKind> others() {
    return others;
  }

  boolean isChild() {
    return child;
  }

  void makeChild() {
    child = true;
  }

  /** Every object of this relation when it has this name, itself first if it was created. */
  List<ObjectName> objects(QualifiedName name) {
    return Stream.of(
            created ? Stream.of(ObjectName.of(kind, name)) : Stream.<ObjectName>empty(),
            inside(ObjectKind.COLUMN, name, columns),
            inside(ObjectKind.CONSTRAINT, name, constraints.keySet()),
            indexes.keySet().stream()
                .map(index -> ObjectName.of(ObjectKind.INDEX, name.schema(), index)),
            others.entrySet().stream()
                .map(other -> ObjectName.inside(other.getValue(), name, other.getKey())))
        .flatMap(stream -> stream)
        .toList();
  }

  private static Stream<ObjectName> inside(
      ObjectKind kind, QualifiedName name, Collection<String> names) {
    return names.stream().map(inner -> ObjectName.inside(kind, name, inner));
  }

  /** The same relation, now that a revision creates it. */
  SimulatedRelation asCreated(ObjectKind as) {
    var relation = new SimulatedRelation(as, true);
    relation.columns.addAll(columns);
    relation.constraints.putAll(constraints);
    relation.indexes.putAll(indexes);
    relation.others.putAll(others);
    relation.child = child;
    return relation;
  }
}
