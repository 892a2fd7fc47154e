package dev.stampguard.repair.graft;

import java.util.Objects;
import java.util.Optional;

/**
 * One respect in which objects of a name can differ, and the statements that deal with it.
 *
 * @param id the object
 * @param kind the respect
 * @param detail tells several of one kind apart; may be empty
 * @param value in canonical form: two objects are alike in this respect when it is equal
 * @param make brings about what is not there; empty when no statement can
 * @param change brings it about where there is another value; empty when no statement can
 * @param take takes it away; empty when no statement can
 * @param rewrites whether {@code make} or {@code change} writes the table anew
 */
public record Trait(
    CatalogId id,
    TraitKind kind,
    String detail,
    String value,
    Optional<String> make,
    Optional<String> change,
    Optional<String> take,
    boolean rewrites) {
  public Trait {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(value);
    Objects.requireNonNull(make);
    Objects.requireNonNull(change);
    Objects.requireNonNull(take);
  }

  /** What tells a trait of an object from its others. */
  record Key(TraitKind kind, String detail) {}

  Key key() {
    return new Key(kind, detail);
  }
}
