package dev.stampguard.repair.graft;

import dev.stampguard.catalog.CatalogComparison;
import dev.stampguard.catalog.ObjectName;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a graft is to bring about. Whatever is named nowhere here stays as it is.
 *
 * @param create objects the target lacks; a relation stands for everything inside it
 * @param redefine objects the target has otherwise than the source, to become as there. They are
 *     changed where PostgreSQL can, else dropped and made again, never when rows would go
 * @param backfills for columns to create that take no nulls and have no default: an SQL expression,
 *     without subqueries, over the other columns, for the rows that are there
 */
public record GraftWish(
    SortedSet<ObjectName> create,
    SortedSet<ObjectName> redefine,
    Map<ObjectName, String> backfills) {
  public GraftWish {
    create = Collections.unmodifiableSortedSet(new TreeSet<>(create));
    redefine = Collections.unmodifiableSortedSet(new TreeSet<>(redefine));
    backfills = Collections.unmodifiableMap(new TreeMap<>(backfills));
  }

  /** To create these and change nothing. */
  public static GraftWish toCreate(Set<ObjectName> missing) {
    return new GraftWish(new TreeSet<>(missing), new TreeSet<>(), Map.of());
  }

  /**
   * To give the right side whatever the left one has, as the left one has it.
   *
   * @param comparison the source on its left, the target on its right
   */
  public static GraftWish toEqual(CatalogComparison comparison) {
    var different = new TreeSet<ObjectName>();
    comparison.different().forEach(difference -> different.add(difference.object()));
    return new GraftWish(new TreeSet<>(comparison.onlyLeft()), different, Map.of());
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return create.isEmpty() && redefine.isEmpty();
  }
}
