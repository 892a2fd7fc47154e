package dev.stampguard.catalog;

import dev.stampguard.postgres.Row;
import dev.stampguard.postgres.RowQuery;
import dev.stampguard.postgres.ServerVersion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the rows of {@code catalog-definitions.sql}. */
final class CatalogDefinitions implements RowQuery.Reader<CatalogSnapshot> {
  private static final Map<String, ObjectKind> KINDS =
      Arrays.stream(ObjectKind.values())
          .collect(Collectors.toUnmodifiableMap(ObjectKind::label, Function.identity()));

  private final Definitions definitions;
  private final ServerVersion version;
  private final TreeMap<ObjectName, CatalogObject> objects = new TreeMap<>();
  private final Set<ObjectName> invalidIndexes = new HashSet<>();
  private final Map<QualifiedName, Optional<QualifiedName>> relations = new HashMap<>();

  /**
   * @param database what is read, for messages
   * @param version of its server
   */
  CatalogDefinitions(String database, ServerVersion version) {
    this.definitions = new Definitions(database, version);
    this.version = version;
  }

  @Override
  public CatalogSnapshot answer() {
    return new CatalogSnapshot(version.text(), objects, invalidIndexes);
  }

  @Override
  public void row(Row row) {
    ObjectKind kind = KINDS.get(row.text(1));
    String schema = row.text(2);
    String relation = row.text(3);
    ObjectName name = ObjectName.fromCatalog(kind, schema, relation, row.text(4), row.text(5));
    objects.put(
        name,
        new CatalogObject(
            name, relation(schema, relation), definitions.of(name, row.text(7), row.text(8))));
    if (row.isTrue(6)) {
      invalidIndexes.add(name);
    }
  }

  /** One instance per relation: a large catalog names each many times. */
  private Optional<QualifiedName> relation(String schema, String relation) {
    return relation == null
        ? Optional.empty()
        : relations.computeIfAbsent(new QualifiedName(schema, relation), Optional::of);
  }
}
