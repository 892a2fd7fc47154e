package dev.stampguard.repair.graft;

import java.util.Objects;

/**
 * One thing of a database that depends on another.
 *
 * @param from what depends
 * @param to what it depends on
 * @param kind how, as {@code pg_depend.deptype}: {@code n} normal, {@code a} goes along, {@code i}
 *     is a part of it, {@code e} belongs to an extension, {@code P} and {@code S} of partitions
 */
public record CatalogLink(CatalogId from, CatalogId to, char kind) {
  public CatalogLink {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
  }

  /** Whether dropping {@code to} drops {@code from} without asking. */
  boolean goesAlong() {
    return kind != 'n' && kind != 'e';
  }
}
