package dev.stampguard.expectation;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.SimulatedRelation.Constraint;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The names in a catalog as operations leave them, without a database. All names it is given are
 * complete. Dropping or renaming what is not there does nothing.
 */
final class SimulatedCatalog {
  /** What depends on an object of these kinds and goes with it under CASCADE, as far as known. */
  private static final Map<ObjectKind, Set<ObjectKind>> DEPENDENTS =
      Map.of(
          ObjectKind.TABLE, Set.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW),
          ObjectKind.VIEW, Set.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW),
          ObjectKind.MATERIALIZED_VIEW, Set.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW),
          ObjectKind.COLUMN, Set.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW),
          ObjectKind.CONSTRAINT, Set.of(ObjectKind.CONSTRAINT),
          ObjectKind.TYPE, Set.of(ObjectKind.COLUMN, ObjectKind.FUNCTION, ObjectKind.VIEW),
          ObjectKind.FUNCTION, Set.of(ObjectKind.TRIGGER, ObjectKind.VIEW, ObjectKind.POLICY),
          ObjectKind.EXTENSION,
              Set.of(ObjectKind.COLUMN, ObjectKind.INDEX, ObjectKind.TRIGGER, ObjectKind.VIEW));

  private final Map<QualifiedName, SimulatedRelation> relations = new HashMap<>();

  /** How many constraints have a name: tables of one schema may share it. */
  private final Map<QualifiedName, Integer> constraintNames = new HashMap<>();

  private final Map<ObjectName, Optional<QualifiedName>> objects = new LinkedHashMap<>();

  /** The relation each object touched since the last {@link #takeEffects} was in before. */
  private final Map<ObjectName, Before> touched = new LinkedHashMap<>();

  private final Map<ObjectName, ConstraintKind> chosenNames = new HashMap<>();

  /**
   * What was dropped without having been seen to be made, and what a table made again in its place
   * holds. Nobody can tell by its existence which revisions have run, so it is never an effect.
   */
  private final Set<ObjectName> presumed = new HashSet<>();

  /** What was made after it had been presumed. */
  private final Set<ObjectName> remade = new HashSet<>();

  /** Whether something here was adopted: {@link #adopt} says what is then less well known. */
  private boolean adopted;

  private record Before(boolean existed, Optional<QualifiedName> relation) {}

  /**
   * Constraints whose names the scripts do not settle: those without one, and checks, whose names a
   * convention may complete.
   */
  Map<ObjectName, ConstraintKind> chosenNames() {
    return Map.copyOf(chosenNames);
  }

  // What is there

  boolean containsRelation(QualifiedName name) {
    SimulatedRelation relation = relations.get(name);
    return relation != null && relation.created();
  }

  /** Every known object whose own name is one of these. */
  Set<ObjectName> named(Set<String> names) {
    return matching(object -> names.contains(object.simpleName()));
  }

  /** The known objects that CASCADE may take along with this one; none when it is not there. */
  Set<ObjectName> dependents(ObjectName object) {
    Set<ObjectKind> kinds = DEPENDENTS.getOrDefault(object.kind(), Set.of());
    return objects.containsKey(object)
        ? matching(other -> kinds.contains(other.kind()) && !other.equals(object))
        : Set.of();
  }

  /**
   * What may go along with an object because it is not known well enough what depends on it; empty
   * as long as nothing was adopted.
   */
  Set<ObjectName> mayGoWith(ObjectName object, boolean cascade) {
    if (!adopted) {
      return Set.of();
    }
    if (cascade) {
      return matching(other -> true);
    }
    return switch (object.kind()) {
      // Partitions go with their table, and what they take from it with what it was.
      case TABLE -> with(inChildren(), tableOf(object), inside -> true);
      case VIEW, MATERIALIZED_VIEW -> with(Set.of(), tableOf(object), inside -> true);
      case COLUMN ->
          with(
              inChildren(),
              tableOf(object),
              inside ->
                  inside.kind() == ObjectKind.CONSTRAINT || inside.kind() == ObjectKind.INDEX);
      case CONSTRAINT, INDEX -> inChildren();
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, FUNCTION, TRIGGER, POLICY -> Set.of();
    };
  }

  private Set<ObjectName> with(
      Set<ObjectName> more, QualifiedName relation, Predicate<ObjectName> condition) {
    var found = new LinkedHashSet<>(more);
    find(relation)
        .ifPresent(r -> r.objects(relation).stream().filter(condition).forEach(found::add));
    return found;
  }

  /** Every relation that inherits from another or is a partition, with all that is inside. */
  Set<ObjectName> inChildren() {
    var found = new LinkedHashSet<ObjectName>();
    relations.forEach(
        (name, relation) -> {
          if (relation.isChild()) {
            found.addAll(relation.objects(name));
          }
        });
    return found;
  }

  private Set<ObjectName> matching(Predicate<ObjectName> condition) {
    var found = new LinkedHashSet<ObjectName>();
    objects.keySet().stream().filter(condition).forEach(found::add);
    return found;
  }

  /** What has changed since the last call, one effect per object at most. */
  List<Effect> takeEffects() {
    var effects = new ArrayList<Effect>();
    touched.forEach(
        (object, before) -> {
          boolean exists = objects.containsKey(object);
          // An index keeps its own name when its table is renamed.
          boolean isMoved =
              exists
                  && before.relation().isPresent()
                  && !before.relation().equals(objects.get(object));
          if ((exists != before.existed() || isMoved) && !presumed.contains(object)) {
            effects.add(
                new Effect(
                    object,
                    exists ? objects.get(object) : before.relation(),
                    before.existed() ? Optional.of(Definition.EXISTS) : Optional.empty(),
                    exists ? Optional.of(Definition.EXISTS) : Optional.empty()));
          }
        });
    touched.clear();
    return effects;
  }

  // Names come and go here and nowhere else

  private void put(ObjectName object, Optional<QualifiedName> relation) {
    touch(object);
    if (presumed.contains(object)) {
      remade.add(object);
    }
    boolean isNew = objects.put(object, relation) == null;
    if (isNew && object.kind() == ObjectKind.CONSTRAINT) {
      constraintNames.merge(inSchema(object), 1, Integer::sum);
    }
    boolean inPresumed =
        relation
            .map(table -> ObjectName.of(ObjectKind.TABLE, table))
            .filter(table -> presumed.contains(table) && touched.containsKey(table))
            .isPresent();
    if (isNew && inPresumed) {
      presumed.add(object);
    }
  }

  private void remove(ObjectName object) {
    touch(object);
    if (objects.remove(object) != null && object.kind() == ObjectKind.CONSTRAINT) {
      constraintNames.computeIfPresent(
          inSchema(object), (name, count) -> count == 1 ? null : count - 1);
    }
  }

  /** A constraint's name where PostgreSQL looks for one that is free: beside other tables' too. */
  private static QualifiedName inSchema(ObjectName constraint) {
    return new QualifiedName(constraint.parts().getFirst(), constraint.simpleName());
  }

  /**
   * Everything of a relation goes. Where nobody was seen to create the relation first its own going
   * is no effect, so each object in it has to speak for itself.
   */
  private void removeAll(QualifiedName name, SimulatedRelation relation) {
    for (ObjectName object : relation.objects(name)) {
      remove(object);
      if (!relation.created() || presumed.contains(ObjectName.of(relation.kind(), name))) {
        touched.computeIfPresent(
            object, (o, before) -> new Before(before.existed(), Optional.empty()));
      }
    }
  }

  private void touch(ObjectName object) {
    touched.putIfAbsent(
        object,
        new Before(objects.containsKey(object), objects.getOrDefault(object, Optional.empty())));
  }

  // Adopting

  /**
   * Takes as done what a revision was seen to do. The columns that a constraint or an index is on
   * stay unknown.
   *
   * @return what goes along with it: the insides of a relation that were not there when it was seen
   */
  List<Effect> adopt(List<Effect> effects) {
    adopted |= !effects.isEmpty();
    for (Effect effect : effects) {
      if (effect.after().isEmpty()) {
        forget(effect.object());
      }
    }
    // A relation comes before what lives in it.
    for (boolean relations : new boolean[] {true, false}) {
      for (Effect effect : effects) {
        if (effect.after().isPresent() && effect.object().kind().isRelation() == relations) {
          adopt(effect, effect.after().get());
        }
      }
    }
    effects.forEach(effect -> touched.remove(effect.object()));
    return takeEffects();
  }

  private void forget(ObjectName object) {
    switch (object.kind()) {
      case COLUMN -> {
        find(tableOf(object)).ifPresent(r -> r.columns().remove(object.simpleName()));
        remove(object);
      }
      case SCHEMA -> remove(object);
      case TABLE,
          VIEW,
          MATERIALIZED_VIEW,
          CONSTRAINT,
          TRIGGER,
          POLICY,
          INDEX,
          FUNCTION,
          TYPE,
          SEQUENCE,
          EXTENSION ->
          drop(object, false);
    }
  }

  private void adopt(Effect effect, Definition made) {
    ObjectName object = effect.object();
    switch (object.kind()) {
      case TABLE, VIEW, MATERIALIZED_VIEW -> {
        QualifiedName name = relationOf(object);
        createRelation(object.kind(), name);
        if (made.text().contains(" partition of ") || made.text().contains(" inherits ")) {
          relation(name).makeChild();
        }
      }
      case COLUMN -> addColumn(tableOf(object), object.simpleName());
      case CONSTRAINT -> {
        SimulatedRelation relation = relation(tableOf(object));
        relation
            .constraints()
            .putIfAbsent(
                object.simpleName(), new Constraint(kindOf(made), Set.of(), Optional.empty()));
        put(object, Optional.of(tableOf(object)));
      }
      case INDEX -> {
        effect
            .relation()
            .map(this::relation)
            .ifPresent(relation -> relation.indexes().putIfAbsent(object.simpleName(), Set.of()));
        put(object, effect.relation());
      }
      case TRIGGER, POLICY -> createInside(tableOf(object), object);
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, FUNCTION -> put(object, Optional.empty());
    }
    presumed.remove(object);
  }

  /** As {@code pg_get_constraintdef} opens. */
  private static ConstraintKind kindOf(Definition constraint) {
    String text = constraint.text();
    return text.startsWith("PRIMARY KEY")
        ? ConstraintKind.PRIMARY_KEY
        : text.startsWith("UNIQUE")
            ? ConstraintKind.UNIQUE
            : text.startsWith("EXCLUDE")
                ? ConstraintKind.EXCLUSION
                : text.startsWith("FOREIGN KEY")
                    ? ConstraintKind.FOREIGN_KEY
                    : ConstraintKind.CHECK;
  }

  // Creating

  void create(ObjectName object) {
    if (object.kind().isRelation()) {
      createRelation(object.kind(), relationOf(object));
    } else {
      put(object, Optional.empty());
    }
  }

  void createRelation(ObjectKind kind, QualifiedName name) {
    SimulatedRelation known = relations.get(name);
    relations.put(name, known == null ? new SimulatedRelation(kind, true) : known.asCreated(kind));
    put(ObjectName.of(kind, name), Optional.empty());
  }

  /** The relation of this name; one nobody was seen to create is taken for a table. */
  private SimulatedRelation relation(QualifiedName name) {
    return relations.computeIfAbsent(name, n -> new SimulatedRelation(ObjectKind.TABLE, false));
  }

  void addColumn(QualifiedName table, String column) {
    relation(table).columns().add(column);
    put(ObjectName.inside(ObjectKind.COLUMN, table, column), Optional.of(table));
  }

  /**
   * Adds a constraint.
   *
   * @return false when PostgreSQL names it after columns that are not known
   */
  boolean addConstraint(QualifiedName table, NewConstraint constraint) {
    SimulatedRelation relation = relation(table);
    var columns = new LinkedHashSet<>(constraint.columns());
    if (constraint.kind() == ConstraintKind.CHECK) {
      if (constraint.name().isEmpty() && !relation.created()) {
        return false;
      }
      columns.retainAll(relation.columns());
    }
    String name =
        constraint
            .name()
            .map(PostgresNames::truncate)
            .orElseGet(
                () ->
                    PostgresNames.constraint(
                        table.name(),
                        constraint.kind(),
                        List.copyOf(columns),
                        taken -> isTaken(table.schema(), taken)));
    ObjectName object = ObjectName.inside(ObjectKind.CONSTRAINT, table, name);
    if (constraint.name().isEmpty() || constraint.kind() == ConstraintKind.CHECK) {
      chosenNames.put(object, constraint.kind());
    }
    relation
        .constraints()
        .put(name, new Constraint(constraint.kind(), columns, constraint.references()));
    put(object, Optional.of(table));
    return true;
  }

  void createIndex(QualifiedName table, NewIndex index) {
    String name =
        index
            .name()
            .map(PostgresNames::truncate)
            .orElseGet(
                () ->
                    PostgresNames.index(
                        table.name(), index.columns(), taken -> isTaken(table.schema(), taken)));
    var columns = new HashSet<>(index.columns());
    columns.addAll(index.mentions());
    relation(table).indexes().put(name, columns);
    put(ObjectName.of(ObjectKind.INDEX, table.schema(), name), Optional.of(table));
  }

  void createInside(QualifiedName table, ObjectName object) {
    relation(table).others().put(object.simpleName(), object.kind());
    put(object, Optional.of(table));
  }

  /** Whether a relation, an index, a sequence or a constraint of the schema has this name. */
  private boolean isTaken(String schema, String name) {
    return objects.containsKey(ObjectName.of(ObjectKind.INDEX, schema, name))
        || objects.containsKey(ObjectName.of(ObjectKind.SEQUENCE, schema, name))
        || relations.containsKey(new QualifiedName(schema, name))
        || constraintNames.containsKey(new QualifiedName(schema, name));
  }

  // Dropping

  /**
   * Notes that an object about to be dropped may be there although nothing is known of it.
   *
   * @return whether nothing was known of it until now, nor of anything in it
   */
  boolean presume(ObjectName object) {
    return !objects.containsKey(object)
        && !touched.containsKey(object)
        && presumed.add(object)
        && !(object.kind().isRelation() && relations.containsKey(relationOf(object)));
  }

  /** Whether nobody was ever seen to make an object. */
  boolean isNeverMade(ObjectName object) {
    return !remade.contains(object);
  }

  void drop(ObjectName object, boolean cascade) {
    switch (object.kind()) {
      case TABLE, VIEW, MATERIALIZED_VIEW -> dropRelation(relationOf(object), cascade);
      case COLUMN -> dropColumn(tableOf(object), object.simpleName());
      case CONSTRAINT -> {
        find(tableOf(object)).ifPresent(r -> r.constraints().remove(object.simpleName()));
        remove(object);
      }
      case TRIGGER, POLICY -> {
        find(tableOf(object)).ifPresent(r -> r.others().remove(object.simpleName()));
        remove(object);
      }
      case INDEX -> {
        Optional<QualifiedName> table = objects.getOrDefault(object, Optional.empty());
        table.flatMap(this::find).ifPresent(r -> r.indexes().remove(object.simpleName()));
        remove(object);
      }
      case SCHEMA -> dropSchema(object);
      case FUNCTION -> remove(function(object));
      case TYPE, SEQUENCE, EXTENSION -> remove(object);
    }
  }

  private Optional<SimulatedRelation> find(QualifiedName name) {
    return Optional.ofNullable(relations.get(name));
  }

  private static QualifiedName relationOf(ObjectName object) {
    return new QualifiedName(object.parts().get(0), object.parts().get(1));
  }

  /** The relation that a column, constraint, trigger or policy names. */
  private static QualifiedName tableOf(ObjectName object) {
    return relationOf(object);
  }

  private void dropRelation(QualifiedName name, boolean cascade) {
    SimulatedRelation relation = relations.remove(name);
    if (relation == null) {
      return;
    }
    removeAll(name, relation);
    if (cascade) {
      dropReferencesTo(name);
    }
  }

  private void dropReferencesTo(QualifiedName name) {
    relations.forEach(
        (table, relation) ->
            relation
                .constraints()
                .entrySet()
                .removeIf(
                    entry -> {
                      boolean refers = entry.getValue().references().equals(Optional.of(name));
                      if (refers) {
                        remove(ObjectName.inside(ObjectKind.CONSTRAINT, table, entry.getKey()));
                      }
                      return refers;
                    }));
  }

  /** PostgreSQL drops the indexes and constraints that have to do with the column as well. */
  private void dropColumn(QualifiedName table, String column) {
    remove(ObjectName.inside(ObjectKind.COLUMN, table, column));
    SimulatedRelation relation = relations.get(table);
    if (relation == null) {
      return;
    }
    relation.columns().remove(column);
    for (var constraint : List.copyOf(relation.constraints().entrySet())) {
      if (constraint.getValue().columns().contains(column)) {
        drop(ObjectName.inside(ObjectKind.CONSTRAINT, table, constraint.getKey()), false);
      }
    }
    for (var index : List.copyOf(relation.indexes().entrySet())) {
      if (index.getValue().contains(column)) {
        drop(ObjectName.of(ObjectKind.INDEX, table.schema(), index.getKey()), false);
      }
    }
  }

  private void dropSchema(ObjectName schema) {
    for (QualifiedName name : List.copyOf(relations.keySet())) {
      if (name.schema().equals(schema.simpleName())) {
        dropRelation(name, true);
      }
    }
    for (ObjectName object : List.copyOf(objects.keySet())) {
      if (object.parts().size() > 1 && object.parts().getFirst().equals(schema.simpleName())) {
        remove(object);
      }
    }
    remove(schema);
  }

  /** SQL may leave out the arguments of a function that is the only one of its name. */
  private ObjectName function(ObjectName named) {
    if (objects.containsKey(named)) {
      return named;
    }
    Set<ObjectName> sameName =
        matching(
            object -> object.kind() == ObjectKind.FUNCTION && object.parts().equals(named.parts()));
    return sameName.size() == 1 ? sameName.iterator().next() : named;
  }

  // Renaming

  void renameRelation(ObjectName from, ObjectName to) {
    QualifiedName oldName = relationOf(from);
    QualifiedName newName = relationOf(to);
    SimulatedRelation relation = relations.remove(oldName);
    if (relation == null) {
      return;
    }
    removeAll(oldName, relation);
    relations.put(newName, relation);
    relation
        .objects(newName)
        .forEach(
            object ->
                put(object, object.kind().isRelation() ? Optional.empty() : Optional.of(newName)));
    for (SimulatedRelation other : relations.values()) {
      other
          .constraints()
          .replaceAll(
              (name, constraint) ->
                  constraint.references().equals(Optional.of(oldName))
                      ? new Constraint(
                          constraint.kind(), constraint.columns(), Optional.of(newName))
                      : constraint);
    }
  }

  void renameColumn(QualifiedName table, String from, String to) {
    SimulatedRelation relation = relations.get(table);
    if (relation == null || !relation.columns().remove(from)) {
      return;
    }
    remove(ObjectName.inside(ObjectKind.COLUMN, table, from));
    addColumn(table, to);
    relation
        .constraints()
        .replaceAll(
            (name, constraint) ->
                new Constraint(
                    constraint.kind(),
                    renamed(constraint.columns(), from, to),
                    constraint.references()));
    relation.indexes().replaceAll((name, columns) -> renamed(columns, from, to));
  }

  private static Set<String> renamed(Set<String> columns, String from, String to) {
    var renamed = new HashSet<>(columns);
    if (renamed.remove(from)) {
      renamed.add(to);
    }
    return renamed;
  }

  /** Renames anything but relations and columns. */
  void rename(ObjectName from, ObjectName to) {
    switch (from.kind()) {
      case CONSTRAINT -> renameConstraint(tableOf(from), from.simpleName(), to.simpleName());
      case INDEX -> renameIndex(from, to);
      case TRIGGER, POLICY -> {
        if (objects.containsKey(from)) {
          drop(from, false);
          createInside(tableOf(from), to);
        }
      }
      case FUNCTION -> {
        ObjectName known = function(from);
        if (objects.containsKey(known)) {
          remove(known);
          put(
              ObjectName.function(to.parts().getFirst(), to.simpleName(), known.arguments()),
              Optional.empty());
        }
      }
      case SCHEMA, EXTENSION, TYPE, SEQUENCE -> {
        if (objects.containsKey(from)) {
          remove(from);
          put(to, Optional.empty());
        }
      }
      case TABLE, VIEW, MATERIALIZED_VIEW -> renameRelation(from, to);
      case COLUMN -> renameColumn(tableOf(from), from.simpleName(), to.simpleName());
    }
  }

  private void renameConstraint(QualifiedName table, String from, String to) {
    SimulatedRelation relation = relations.get(table);
    Constraint constraint = relation == null ? null : relation.constraints().remove(from);
    if (constraint != null) {
      remove(ObjectName.inside(ObjectKind.CONSTRAINT, table, from));
      relation.constraints().put(to, constraint);
      put(ObjectName.inside(ObjectKind.CONSTRAINT, table, to), Optional.of(table));
    }
  }

  /** The index of a constraint has no name of its own: renaming it renames the constraint. */
  private void renameIndex(ObjectName from, ObjectName to) {
    Optional<QualifiedName> table = objects.getOrDefault(from, Optional.empty());
    if (table.isPresent()) {
      SimulatedRelation relation = relation(table.get());
      relation.indexes().put(to.simpleName(), relation.indexes().remove(from.simpleName()));
      remove(from);
      put(to, table);
      return;
    }
    relations.entrySet().stream()
        .filter(entry -> entry.getKey().schema().equals(from.parts().getFirst()))
        .filter(
            entry -> {
              Constraint constraint = entry.getValue().constraints().get(from.simpleName());
              return constraint != null && constraint.hasIndex();
            })
        .map(Map.Entry::getKey)
        .findFirst()
        .ifPresent(owner -> renameConstraint(owner, from.simpleName(), to.simpleName()));
  }
}
