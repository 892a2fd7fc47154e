package dev.stampguard.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * What happened to one object between two looks.
 *
 * @param object the object
 * @param relation the table or view it lives in; empty for objects that stand alone
 * @param before its definition at the first look; empty when it did not exist
 * @param after its definition at the second look; empty when it no longer exists
 */
public record CatalogChange(
    ObjectName object,
    Optional<QualifiedName> relation,
    Optional<Definition> before,
    Optional<Definition> after) {
  public CatalogChange {
    Objects.requireNonNull(object);
    Objects.requireNonNull(relation);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
  }
}
