package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a statement of its own can make.
 *
 * @param id where it is in the catalog of its database
 * @param name its contract name; empty for what has no kind in the contract: ranges, collations,
 *     operators and the like
 * @param label tells things without a contract name apart, in every database alike
 * @param relation the table or view it lives in; empty for what stands alone
 * @param undo the statement that drops it; empty when there is none
 * @param fill the statement that fills it; empty when it is not filled by one
 */
public record CatalogItem(
    CatalogId id,
    Optional<ObjectName> name,
    String label,
    Optional<QualifiedName> relation,
    Optional<String> undo,
    Optional<String> fill) {
  public CatalogItem {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(label);
    Objects.requireNonNull(relation);
    Objects.requireNonNull(undo);
    Objects.requireNonNull(fill);
  }

  /** As a person is told of it. */
  String told() {
    return name.map(ObjectName::toString).orElse(label);
  }
}
