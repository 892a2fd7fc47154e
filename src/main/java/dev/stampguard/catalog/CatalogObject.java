package dev.stampguard.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * One object of a catalog.
 *
 * @param name its contract name
 * @param relation the table or view it lives in; empty for objects that stand alone
 * @param definition what is known of it
 */
public record CatalogObject(
    ObjectName name, Optional<QualifiedName> relation, Definition definition) {
  public CatalogObject {
    Objects.requireNonNull(name);
    Objects.requireNonNull(relation);
    Objects.requireNonNull(definition);
    if (relation.isPresent() && !name.kind().isInsideRelation()) {
      throw new IllegalArgumentException(name + " lives in no relation");
    }
  }
}
