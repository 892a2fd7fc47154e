package dev.stampguard.repair.graft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The traits of one database's objects, as far as they were read. */
final class Traits {
  private final Map<CatalogId, List<Trait>> byId = new HashMap<>();

  Traits(Collection<Trait> traits) {
    for (Trait trait : traits) {
      byId.computeIfAbsent(trait.id(), id -> new ArrayList<>()).add(trait);
    }
  }

  /** Every trait of an object; none when they were not read. */
  List<Trait> of(CatalogId id) {
    return byId.getOrDefault(id, List.of());
  }

  /** The traits of one kind, by their details. */
  List<Trait> of(CatalogId id, TraitKind kind) {
    return of(id).stream().filter(trait -> trait.kind() == kind).toList();
  }

  /** The only trait of its kind. */
  Optional<Trait> find(CatalogId id, TraitKind kind) {
    return of(id, kind).stream().findFirst();
  }

  /** The value of the only trait of its kind, or empty text. */
  String value(CatalogId id, TraitKind kind) {
    return find(id, kind).map(Trait::value).orElse("");
  }
}
