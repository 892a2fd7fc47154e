package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ForeignKey;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What else a graft must know.
 *
 * @param targetMajor the major of the target's server
 * @param filled which of the target's touched tables have rows
 * @param foreignKeys the source's foreign keys
 */
public record Facts(int targetMajor, Set<QualifiedName> filled, List<ForeignKey> foreignKeys) {
  public Facts {
    filled = Set.copyOf(filled);
    foreignKeys = List.copyOf(foreignKeys);
  }

  /** Whether the table an item lives in, or is, has rows. */
  boolean isFilled(CatalogItem item) {
    return Inventory.relation(item).filter(filled::contains).isPresent();
  }

  Optional<ForeignKey> foreignKey(ObjectName name) {
    return foreignKeys.stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
