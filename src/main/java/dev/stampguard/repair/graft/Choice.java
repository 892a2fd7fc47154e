package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.repair.graft.Graft.Obstacle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of two databases a graft makes, changes and drops. */
final class Choice {
  /** Hold no rows, so that they may be dropped to be made again. */
  private static final Set<ObjectKind> RECREATABLE =
      Set.of(
          ObjectKind.CONSTRAINT,
          ObjectKind.INDEX,
          ObjectKind.TRIGGER,
          ObjectKind.POLICY,
          ObjectKind.VIEW,
          ObjectKind.MATERIALIZED_VIEW,
          ObjectKind.FUNCTION);

  /** What uses a column in a way that keeps its type from being changed. */
  private static final Set<ObjectKind> HOLDS_TYPE =
      Set.of(
          ObjectKind.TRIGGER,
          ObjectKind.POLICY,
          ObjectKind.VIEW,
          ObjectKind.MATERIALIZED_VIEW,
          ObjectKind.FUNCTION);

  /** Share their names with one another within a schema. */
  private static final Set<ObjectKind> SHARE_NAMES =
      Set.of(
          ObjectKind.TABLE,
          ObjectKind.VIEW,
          ObjectKind.MATERIALIZED_VIEW,
          ObjectKind.SEQUENCE,
          ObjectKind.INDEX);

  private final Inventory source;
  private final Inventory target;
  private final Set<CatalogItem> made = new LinkedHashSet<>();
  private final Map<CatalogItem, Alteration> altered = new LinkedHashMap<>();
  private final Set<CatalogItem> gone = new LinkedHashSet<>();
  private final Set<CatalogItem> goneAlong = new HashSet<>();
  private final List<Obstacle> obstacles = new ArrayList<>();

  private Choice(Inventory source, Inventory target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Chooses.
   *
   * @param wanted traits of the source's objects, as far as they were read
   * @param present traits of the target's objects
   */
  static Choice of(
      GraftWish wish, Inventory source, Inventory target, Traits wanted, Traits present) {
    var choice = new Choice(source, target);
    wish.create().forEach(choice::create);
    wish.redefine().forEach(name -> choice.redefine(name, wanted, present));
    choice.altered.keySet().removeAll(choice.made);
    choice.completeUnnamed();
    choice.requireNeeds();
    return choice;
  }

  /** Things of the source to make, those within a made relation among them. */
  Set<CatalogItem> made() {
    return made;
  }

  boolean makes(CatalogItem item) {
    return made.contains(item);
  }

  /** Whether the table or view that an item lives in is made with it. */
  boolean makesRelationOf(CatalogItem item) {
    return item.relation().flatMap(this::relationIn).filter(made::contains).isPresent();
  }

  private Optional<CatalogItem> relationIn(QualifiedName relation) {
    return relation(source, relation);
  }

  static Optional<CatalogItem> relation(Inventory inventory, QualifiedName relation) {
    return inventory
        .find(ObjectName.of(ObjectKind.TABLE, relation))
        .or(() -> inventory.find(ObjectName.of(ObjectKind.VIEW, relation)))
        .or(() -> inventory.find(ObjectName.of(ObjectKind.MATERIALIZED_VIEW, relation)));
  }

  /** Things of the source that the target is to have alike, and how. */
  Map<CatalogItem, Alteration> altered() {
    return altered;
  }

  /** Things of the target to drop, in order; what goes along with one of them is left out. */
  List<CatalogItem> drops() {
    var drops = new ArrayList<CatalogItem>();
    var open = new LinkedHashSet<>(gone);
    open.removeAll(goneAlong);
    while (!open.isEmpty()) {
      CatalogItem next =
          open.stream()
              .filter(item -> target.dependents(item).keySet().stream().noneMatch(open::contains))
              .findFirst()
              .orElseGet(() -> open.iterator().next());
      open.remove(next);
      drops.add(next);
    }
    return drops;
  }

  List<Obstacle> obstacles() {
    return obstacles;
  }

  private void create(ObjectName name) {
    Optional<CatalogItem> item = source.find(name);
    if (item.isEmpty()) {
      obstacles.add(new Obstacle(name, "the source does not have it either"));
      return;
    }
    Optional<CatalogItem> other = nameTaken(name);
    if (other.isPresent()) {
      obstacles.add(new Obstacle(name, "its name is taken by `%s`".formatted(other.get().told())));
    } else if (target.find(name).isEmpty()) {
      make(item.get());
    }
  }

  private Optional<CatalogItem> nameTaken(ObjectName name) {
    if (!SHARE_NAMES.contains(name.kind())) {
      return Optional.empty();
    }
    return SHARE_NAMES.stream()
        .filter(kind -> kind != name.kind())
        .map(kind -> ObjectName.of(kind, name.parts().get(0), name.parts().get(1)))
        .flatMap(taken -> target.find(taken).stream())
        .findFirst();
  }

  private void make(CatalogItem item) {
    made.add(item);
    if (item.name().filter(name -> name.kind().isRelation()).isPresent()) {
      made.addAll(source.inside(Inventory.relation(item).orElseThrow()));
    }
  }

  private void redefine(ObjectName name, Traits wanted, Traits present) {
    Optional<CatalogItem> here = source.find(name);
    Optional<CatalogItem> there = target.find(name);
    if (here.isEmpty() || there.isEmpty()) {
      obstacles.add(
          new Obstacle(
              name, "the %s does not have it".formatted(here.isEmpty() ? "source" : "target")));
      return;
    }
    Alteration alteration =
        alteration(name, wanted.of(here.get().id()), present.of(there.get().id()));
    if (alteration.impossible().isEmpty()) {
      altered.put(here.get(), alteration);
      if (name.kind() == ObjectKind.COLUMN && alteration.changes(TraitKind.TYPE)) {
        target.dependents(there.get()).keySet().stream()
            .filter(item -> item.name().filter(n -> HOLDS_TYPE.contains(n.kind())).isPresent())
            .forEach(item -> recreate(item, name));
      }
    } else if (RECREATABLE.contains(name.kind())) {
      recreate(there.get(), name);
    } else {
      obstacles.add(new Obstacle(name, alteration.impossible().get()));
    }
  }

  private static Alteration alteration(ObjectName name, List<Trait> wanted, List<Trait> present) {
    Alteration plain = Alteration.between(wanted, present);
    if (name.kind() != ObjectKind.TYPE || plain.impossible().isPresent()) {
      return plain;
    }
    Alteration attributes = Growth.ofAttributes(wanted, present);
    Alteration labels = Growth.ofLabels(wanted, present);
    var changes = new ArrayList<>(plain.changes());
    changes.addAll(attributes.changes());
    changes.addAll(labels.changes());
    return new Alteration(changes, attributes.impossible().or(labels::impossible));
  }

  /** Drops something of the target, and what would go with it, and makes all of it again. */
  private void recreate(CatalogItem first, ObjectName cause) {
    Deque<CatalogItem> open = new ArrayDeque<>(List.of(first));
    var whole = new LinkedHashSet<CatalogItem>();
    while (!open.isEmpty()) {
      CatalogItem item = open.pop();
      if (!whole.add(item) || gone.contains(item)) {
        continue;
      }
      Optional<String> reason = whyItMustStay(item);
      if (reason.isPresent()) {
        obstacles.add(new Obstacle(cause, reason.get()));
        return;
      }
      List<CatalogItem> within =
          item.name().filter(name -> name.kind().isRelation()).isPresent()
              ? target.inside(Inventory.relation(item).orElseThrow())
              : List.of();
      open.addAll(within);
      goneAlong.addAll(within);
      target
          .dependents(item)
          .forEach(
              (dependent, along) -> {
                open.add(dependent);
                if (along) {
                  goneAlong.add(dependent);
                }
              });
    }
    gone.addAll(whole);
    whole.forEach(item -> make(source.find(item).orElseThrow()));
  }

  private Optional<String> whyItMustStay(CatalogItem item) {
    if (item.name().filter(name -> RECREATABLE.contains(name.kind())).isEmpty()) {
      return Optional.of(
          "it would have to be dropped first, and `%s` uses it".formatted(item.told()));
    }
    return source.find(item).isPresent()
        ? Optional.empty()
        : Optional.of(
            "it would have to be dropped first, and with it `%s`, which the source does not have"
                .formatted(item.told()));
  }

  /**
   * Adds what no finding can name: types, operators, collations and the like that the target lacks,
   * where something made cannot be without them, or they went with something that is made.
   */
  private void completeUnnamed() {
    Collection<CatalogItem> lacking =
        source.unnamed().stream().filter(item -> target.find(item).isEmpty()).toList();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (CatalogItem item : lacking) {
        boolean belongs =
            source.needs(item).stream().anyMatch(made::contains)
                || source.dependents(item).keySet().stream()
                    .anyMatch(user -> made.contains(user) || altered.containsKey(user));
        if (belongs && made.add(item)) {
          grew = true;
        }
      }
    }
  }

  private void requireNeeds() {
    var users = new LinkedHashSet<>(made);
    users.addAll(altered.keySet());
    for (CatalogItem user : users) {
      for (CatalogItem need : source.needs(user)) {
        boolean isThere =
            made.contains(need) || (target.find(need).isPresent() && !gone.contains(need));
        if (!isThere) {
          obstacles.add(
              new Obstacle(
                  nameFor(user), "it needs `%s`, which is missing as well".formatted(need.told())));
        }
      }
    }
  }

  /** The contract name of a thing, or of something made that uses it or that it needs. */
  ObjectName nameFor(CatalogItem item) {
    var seen = new HashSet<CatalogItem>();
    var open = new ArrayDeque<>(List.of(item));
    while (!open.isEmpty()) {
      CatalogItem next = open.pop();
      if (next.name().isPresent()) {
        return next.name().get();
      }
      if (seen.add(next)) {
        open.addAll(source.dependents(next).keySet());
        open.addAll(source.needs(next));
      }
    }
    return ObjectName.of(ObjectKind.TYPE, "", item.label());
  }

  /**
   * What must be looked at more closely in the source: oids as {@code graft-traits.sql} has them.
   */
  Set<Long> wantedObjects() {
    var oids = new HashSet<Long>();
    made.forEach(
        item -> {
          if (!makesRelationOf(item)) {
            oids.add(owner(source, item));
          }
        });
    altered.keySet().forEach(item -> oids.add(owner(source, item)));
    for (CatalogItem table : made) {
      existingParent(table)
          .ifPresent(
              parent -> {
                oids.add(table.id().objectId());
                oids.add(parent.id().objectId());
              });
    }
    return oids;
  }

  /** The table that a table to make is to hang below, where that is there already. */
  Optional<CatalogItem> existingParent(CatalogItem table) {
    return isTable(table)
        ? source.needs(table).stream()
            .filter(Choice::isTable)
            .filter(parent -> !made.contains(parent) && target.find(parent).isPresent())
            .findFirst()
        : Optional.empty();
  }

  private static boolean isTable(CatalogItem item) {
    return item.name().filter(name -> name.kind() == ObjectKind.TABLE).isPresent();
  }

  /** The oid of the table or view an item lives in, or its own. */
  static long owner(Inventory inventory, CatalogItem item) {
    return item.relation()
        .flatMap(relation -> relation(inventory, relation))
        .orElse(item)
        .id()
        .objectId();
  }

  /** Existing tables that the graft has something to do with. */
  Set<QualifiedName> touchedTables() {
    var tables = new LinkedHashSet<QualifiedName>();
    var items = new LinkedHashSet<>(made);
    items.addAll(altered.keySet());
    for (CatalogItem item : items) {
      Inventory.relation(item)
          .filter(name -> target.find(ObjectName.of(ObjectKind.TABLE, name)).isPresent())
          .ifPresent(tables::add);
    }
    return tables;
  }
}
