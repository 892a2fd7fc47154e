package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything in one database that a statement of its own can make, and what needs what. A link of
 * the catalog that starts or ends at a part of something (a default, the rule behind a view, the
 * index behind a key, the row type of a table) is one of the whole.
 */
public final class Inventory {
  /** How a part points at its whole, surest first. */
  private static final String PART_OF = "eia";

  private final Map<CatalogId, CatalogItem> items = new LinkedHashMap<>();
  private final Map<ObjectName, CatalogItem> byName = new HashMap<>();
  private final Map<String, CatalogItem> byLabel = new HashMap<>();
  private final Map<QualifiedName, List<CatalogItem>> inside = new HashMap<>();
  private final Map<CatalogId, CatalogId> wholes = new HashMap<>();
  private final Map<CatalogId, Optional<CatalogItem>> homes = new HashMap<>();
  private final Map<CatalogItem, Set<CatalogItem>> needs = new HashMap<>();
  private final Map<CatalogItem, Map<CatalogItem, Boolean>> dependents = new HashMap<>();

  /**
   * @param found every item
   * @param links every link between things that PostgreSQL did not bring along itself
   */
  public Inventory(Collection<CatalogItem> found, Collection<CatalogLink> links) {
    for (CatalogItem item : found) {
      items.put(item.id(), item);
      item.name()
          .ifPresentOrElse(name -> byName.put(name, item), () -> byLabel.put(item.label(), item));
      item.relation()
          .ifPresent(r -> inside.computeIfAbsent(r, name -> new ArrayList<>()).add(item));
    }
    for (int at = 0; at < PART_OF.length(); at++) {
      for (CatalogLink link : links) {
        if (link.kind() == PART_OF.charAt(at)) {
          wholes.putIfAbsent(link.from(), link.to());
        }
      }
    }
    for (CatalogLink link : links) {
      Optional<CatalogItem> from = home(link.from());
      Optional<CatalogItem> to = home(link.to());
      if (from.isPresent() && to.isPresent() && !from.equals(to)) {
        needs.computeIfAbsent(from.get(), item -> new LinkedHashSet<>()).add(to.get());
        dependents
            .computeIfAbsent(to.get(), item -> new LinkedHashMap<>())
            .merge(from.get(), link.goesAlong(), Boolean::logicalOr);
      }
    }
  }

  /** What something in the catalog is, or is a part of; empty for what PostgreSQL brought along. */
  Optional<CatalogItem> home(CatalogId id) {
    Optional<CatalogItem> known = homes.get(id);
    if (known == null) {
      known = home(id, new HashSet<>());
      homes.put(id, known);
    }
    return known;
  }

  private Optional<CatalogItem> home(CatalogId id, Set<CatalogId> seen) {
    CatalogItem item = items.get(id);
    if (item != null) {
      return Optional.of(item);
    }
    if (!seen.add(id)) {
      return Optional.empty();
    }
    CatalogId whole = wholes.get(id);
    if (whole == null && id.part() != 0) {
      whole = id.whole();
    }
    return whole == null ? Optional.empty() : home(whole, seen);
  }

  /** The object of this name. */
  Optional<CatalogItem> find(ObjectName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The same thing in this database as one of another database. */
  Optional<CatalogItem> find(CatalogItem item) {
    return Optional.ofNullable(
        item.name().map(byName::get).orElseGet(() -> byLabel.get(item.label())));
  }

  /** What has no kind in the contract. */
  Collection<CatalogItem> unnamed() {
    return byLabel.values();
  }

  /** Everything that lives in a relation, the relation itself left out. */
  List<CatalogItem> inside(QualifiedName relation) {
    return inside.getOrDefault(relation, List.of());
  }

  /** What an item cannot be without. */
  Set<CatalogItem> needs(CatalogItem item) {
    return needs.getOrDefault(item, Set.of());
  }

  /**
   * What cannot be without an item.
   *
   * @return per item whether it goes along when this one is dropped, without being asked for
   */
  Map<CatalogItem, Boolean> dependents(CatalogItem item) {
    return dependents.getOrDefault(item, Map.of());
  }

  /** The table or view of an item: the one it lives in or is. */
  static Optional<QualifiedName> relation(CatalogItem item) {
    return item.relation()
        .or(
            () ->
                item.name()
                    .filter(name -> name.kind().isRelation())
                    .map(name -> new QualifiedName(name.parts().get(0), name.parts().get(1))));
  }
}
