package dev.stampguard.catalog;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is physically in one database at one moment: every object of {@link ObjectKind}, system
 * schemas and members of extensions left out. Never changes; equal to one that holds the same.
 */
public final class CatalogSnapshot {
  private final String serverVersion;
  private final SortedMap<ObjectName, CatalogObject> objects;
  private final Set<ObjectName> invalidIndexes;

  /** The objects again: looking one up in a large sorted map compares a dozen names. */
  private volatile Map<ObjectName, CatalogObject> index;

  /**
   * A snapshot.
   *
   * @param serverVersion as the server prints it, for example {@code 15.18}
   * @param objects by name, sorted
   * @param invalidIndexes indexes PostgreSQL does not use because a concurrent build failed
   */
  public CatalogSnapshot(
      String serverVersion,
      SortedMap<ObjectName, CatalogObject> objects,
      Set<ObjectName> invalidIndexes) {
    this.serverVersion = Objects.requireNonNull(serverVersion);
    this.objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    this.invalidIndexes = Set.copyOf(invalidIndexes);
  }

  /** A snapshot of exactly these objects, for callers that already hold them. */
  public static CatalogSnapshot of(String serverVersion, List<CatalogObject> objects) {
    var map = new TreeMap<ObjectName, CatalogObject>();
    objects.forEach(object -> map.put(object.name(), object));
    return new CatalogSnapshot(serverVersion, map, Set.of());
  }

  /** The server's version as it prints it. */
  public String serverVersion() {
    return serverVersion;
  }

  /** Every object, by name, sorted. */
  public SortedMap<ObjectName, CatalogObject> objects() {
    return objects;
  }

  /** Indexes PostgreSQL does not use because a concurrent build failed. */
  public Set<ObjectName> invalidIndexes() {
    return invalidIndexes;
  }

  /** The object's definition, or empty when it is not there. */
  public Optional<Definition> find(ObjectName name) {
    return Optional.ofNullable(index().get(name)).map(CatalogObject::definition);
  }

  public boolean contains(ObjectName name) {
    return index().containsKey(name);
  }

  private Map<ObjectName, CatalogObject> index() {
    Map<ObjectName, CatalogObject> known = index;
    if (known == null) {
      known = new HashMap<>(objects);
      index = known;
    }
    return known;
  }

  /** Whether a table, view or materialized view of this name is there. */
  public boolean containsRelation(QualifiedName relation) {
    return contains(ObjectName.of(ObjectKind.TABLE, relation))
        || contains(ObjectName.of(ObjectKind.VIEW, relation))
        || contains(ObjectName.of(ObjectKind.MATERIALIZED_VIEW, relation));
  }

  /** How many tables there are, the ledger included. */
  public int tables() {
    return Math.toIntExact(
        objects.keySet().stream().filter(name -> name.kind() == ObjectKind.TABLE).count());
  }

  /** The same snapshot without one relation and everything inside it. */
  public CatalogSnapshot withoutRelation(QualifiedName relation) {
    return withoutRelations(relation::equals);
  }

  /** The same without some relations and everything that lives in them. */
  public CatalogSnapshot withoutRelations(Predicate<QualifiedName> which) {
    Predicate<CatalogObject> belongs =
        object ->
            object.relation().filter(which).isPresent()
                || (object.name().kind().isRelation()
                    && which.test(object.name().home(Optional.empty())));
    var kept = new TreeMap<>(objects);
    if (!kept.values().removeIf(belongs)) {
      return this;
    }
    return new CatalogSnapshot(serverVersion, kept, invalidIndexes);
  }

  /** What {@code pg_dump} writes of it: it leaves out indexes that a failed build left behind. */
  public CatalogSnapshot dumped() {
    if (invalidIndexes.isEmpty()) {
      return this;
    }
    var kept = new TreeMap<>(objects);
    kept.keySet().removeAll(invalidIndexes);
    return new CatalogSnapshot(serverVersion, kept, Set.of());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CatalogSnapshot that
        && serverVersion.equals(that.serverVersion)
        && objects.equals(that.objects)
        && invalidIndexes.equals(that.invalidIndexes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(serverVersion, objects, invalidIndexes);
  }

  @Override
  public String toString() {
    return "CatalogSnapshot[%s, %s, invalid %s]".formatted(serverVersion, objects, invalidIndexes);
  }
}
