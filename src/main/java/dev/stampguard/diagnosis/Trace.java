package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import dev.stampguard.expectation.Effect;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalog shows of one object: in which of the forms that its writers gave it it may be
 * now. Form 0 is how the first of them found it, form {@code i} how the {@code i}-th left it.
 *
 * @param writes its writers, oldest first; at least one
 * @param now what is there; empty when it is not
 * @param fits the forms that look like what is there; none when it is in a form nobody gave it
 * @param open whether nobody can tell what it should look like, because its writers are on branches
 *     and it is only known what comes out in one order of them
 */
record Trace(
    ObjectName object, List<Write> writes, Optional<Definition> now, BitSet fits, boolean open) {

  /**
   * @param branches the graph and the ids that the ledger claims
   */
  static Trace of(
      ObjectName object, List<Write> writes, CatalogSnapshot catalog, Branches branches) {
    Optional<Definition> now = catalog.find(object);
    var fits = new BitSet(writes.size() + 1);
    fits.set(0, Definition.match(now, writes.getFirst().effect().before()));
    for (int i = 1; i <= writes.size(); i++) {
      fits.set(i, Definition.match(now, writes.get(i - 1).effect().after()));
    }
    if (now.isEmpty() && writes.getFirst().effect().after().isEmpty()) {
      fits.set(0); // somebody else's: no revision makes sure that it was ever there
    }
    if (now.isPresent() && mayBeAnothers(object, writes, now.get(), fits, branches.recorded())) {
      fits.set(0);
    }
    boolean open =
        now.isPresent() && branches.leaveOpen(writes, fits, () -> isOfView(writes, catalog));
    return new Trace(object, writes, now, fits, open);
  }

  private static boolean isOfView(List<Write> writes, CatalogSnapshot catalog) {
    Effect effect = writes.getLast().effect();
    return switch (effect.object().kind()) {
      case VIEW, MATERIALIZED_VIEW -> true;
      case COLUMN ->
          effect
              .relation()
              .filter(r -> !catalog.contains(ObjectName.of(ObjectKind.TABLE, r)))
              .isPresent();
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, TABLE, CONSTRAINT, INDEX, FUNCTION, TRIGGER, POLICY ->
          false;
    };
  }

  /**
   * Whether what is there may have been made by somebody else, {@code IF NOT EXISTS} or {@code OR
   * REPLACE}: an extension that an administrator installed does not show that a revision has run. A
   * function does that only for a revision that is recorded, and by its text.
   */
  private static boolean mayBeAnothers(
      ObjectName object, List<Write> writes, Definition now, BitSet fits, Set<String> recorded) {
    if (!object.kind().isOftenAnothers()) {
      return false;
    }
    if (writes.stream().noneMatch(write -> recorded.contains(write.revision()))) {
      return true;
    }
    return !fits.isEmpty()
        && (object.kind() != ObjectKind.FUNCTION
            || writes.stream()
                .flatMap(write -> write.effect().after().stream())
                .noneMatch(now::isComparableTo));
  }

  /**
   * Whether it is gone that somebody else made and a revision drops: that it was there is not
   * known.
   */
  boolean saysNothing() {
    return now.isEmpty() && fits.cardinality() > writes.size();
  }

  /** The same with some of its forms only; as it is when none would be left. */
  Trace in(BitSet forms) {
    return forms.isEmpty() ? this : new Trace(object, writes, now, forms, open);
  }

  /** The last of the writers that the ledger claims, from 1 on; 0 when it claims none. */
  static int last(List<Write> writes, Set<String> recorded) {
    int last = writes.size();
    while (last > 0 && !recorded.contains(writes.get(last - 1).revision())) {
      last--;
    }
    return last;
  }

  /** The {@code i}-th writer, from 1 on. */
  Write write(int i) {
    return writes.get(i - 1);
  }
}
