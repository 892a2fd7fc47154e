package dev.stampguard.catalog;

import dev.stampguard.postgres.Results;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts the result sets of {@code catalog-names.sql} together, in their order. */
final class CatalogNames {
  private static final long PG_CLASS = 1259;
  private static final long PG_TYPE = 1247;
  private static final long PG_PROC = 1255;
  private static final long PG_NAMESPACE = 2615;

  /** An object's address in {@code pg_depend}. */
  private record Address(long catalog, long oid) {}

  /** A relation as others refer to it; the optional is made once for all that is inside it. */
  private record Relation(char kind, QualifiedName name, Optional<QualifiedName> home) {
    boolean hasColumns() {
      return kind == 'r' || kind == 'p' || kind == 'f';
    }
  }

  private final Map<Long, String> schemas = new HashMap<>();

  /** What extensions, columns and types own: no objects of their own. */
  private final Set<Address> notOwn = new HashSet<>();

  private final Map<Long, Relation> relations = new HashMap<>();
  private final Set<Long> constraintIndexes = new HashSet<>();
  private final TreeMap<ObjectName, CatalogObject> objects = new TreeMap<>();
  private final Set<ObjectName> invalidIndexes = new HashSet<>();

  private CatalogNames() {}

  static CatalogSnapshot read(Results results, String serverVersion) throws SQLException {
    var names = new CatalogNames();
    ResultSet schemas = results.next();
    while (schemas.next()) {
      names.schemas.put(schemas.getLong(1), schemas.getString(2));
    }
    names.notOwn(results);
    names.standAlone(results);
    names.insideRelations(results);
    return new CatalogSnapshot(serverVersion, names.objects, names.invalidIndexes);
  }

  private void notOwn(Results results) throws SQLException {
    ResultSet members = results.next();
    while (members.next()) {
      notOwn.add(new Address(members.getLong(1), members.getLong(2)));
    }
    ResultSet sequences = results.next();
    while (sequences.next()) {
      notOwn.add(new Address(PG_CLASS, sequences.getLong(1)));
    }
    ResultSet constructors = results.next();
    while (constructors.next()) {
      notOwn.add(new Address(PG_PROC, constructors.getLong(1)));
    }
  }

  private void standAlone(Results results) throws SQLException {
    schemas.forEach(
        (oid, schema) -> {
          if (!schema.equals("public") && isOwn(PG_NAMESPACE, oid)) {
            add(ObjectName.of(ObjectKind.SCHEMA, schema));
          }
        });
    ResultSet extensions = results.next();
    while (extensions.next()) {
      add(ObjectName.of(ObjectKind.EXTENSION, extensions.getString(1)));
    }
    relations(results.next());
    types(results.next());
    functions(results.next());
  }

  private void relations(ResultSet rows) throws SQLException {
    while (rows.next()) {
      long oid = rows.getLong(1);
      String schema = schemas.get(rows.getLong(2));
      if (schema == null || !isOwn(PG_CLASS, oid)) {
        continue;
      }
      char kind = rows.getString(3).charAt(0);
      var name = new QualifiedName(schema, rows.getString(4));
      relations.put(oid, new Relation(kind, name, Optional.of(name)));
      switch (kind) {
        case 'r', 'p', 'f' -> add(ObjectName.of(ObjectKind.TABLE, name));
        case 'v' -> add(ObjectName.of(ObjectKind.VIEW, name));
        case 'm' -> add(ObjectName.of(ObjectKind.MATERIALIZED_VIEW, name));
        case 'S' -> add(ObjectName.of(ObjectKind.SEQUENCE, name));
        default -> {
          // Indexes and composite types: named when their own catalog table is read.
        }
      }
    }
  }

  private void types(ResultSet rows) throws SQLException {
    while (rows.next()) {
      String schema = schemas.get(rows.getLong(2));
      long relation = rows.getLong(3);
      // Every table has a row type too; only a composite type of its own is an object.
      boolean standsAlone =
          relation == 0
              || Optional.ofNullable(relations.get(relation))
                  .filter(r -> r.kind() == 'c')
                  .isPresent();
      if (schema != null && standsAlone && isOwn(PG_TYPE, rows.getLong(1))) {
        add(ObjectName.of(ObjectKind.TYPE, schema, rows.getString(4)));
      }
    }
  }

  private void functions(ResultSet rows) throws SQLException {
    while (rows.next()) {
      String schema = schemas.get(rows.getLong(2));
      if (schema != null && isOwn(PG_PROC, rows.getLong(1))) {
        add(ObjectName.function(schema, rows.getString(3), rows.getString(4)));
      }
    }
  }

  private void insideRelations(Results results) throws SQLException {
    ResultSet columns = results.next();
    while (columns.next()) {
      Relation relation = relations.get(columns.getLong(1));
      if (relation != null && relation.hasColumns()) {
        addInside(ObjectKind.COLUMN, relation, columns.getString(2));
      }
    }
    ResultSet constraints = results.next();
    while (constraints.next()) {
      constraintIndexes.add(constraints.getLong(3));
      addNamed(ObjectKind.CONSTRAINT, constraints);
    }
    indexes(results.next());
    ResultSet triggers = results.next();
    while (triggers.next()) {
      addNamed(ObjectKind.TRIGGER, triggers);
    }
    ResultSet policies = results.next();
    while (policies.next()) {
      addNamed(ObjectKind.POLICY, policies);
    }
  }

  private void indexes(ResultSet rows) throws SQLException {
    while (rows.next()) {
      Relation relation = relations.get(rows.getLong(1));
      Relation index = relations.get(rows.getLong(2));
      if (relation == null || index == null || constraintIndexes.contains(rows.getLong(2))) {
        continue;
      }
      ObjectName name = ObjectName.of(ObjectKind.INDEX, index.name());
      add(name, relation.home());
      // A partitioned index is invalid until each partition has its own: nothing has failed.
      if (!rows.getBoolean(3) && index.kind() == 'i') {
        invalidIndexes.add(name);
      }
    }
  }

  private void addNamed(ObjectKind kind, ResultSet row) throws SQLException {
    Relation relation = relations.get(row.getLong(1));
    if (relation != null) {
      addInside(kind, relation, row.getString(2));
    }
  }

  private void addInside(ObjectKind kind, Relation relation, String name) {
    add(ObjectName.inside(kind, relation.name(), name), relation.home());
  }

  private void add(ObjectName name) {
    add(name, Optional.empty());
  }

  private void add(ObjectName name, Optional<QualifiedName> home) {
    objects.put(name, new CatalogObject(name, home, Definition.EXISTS));
  }

  private boolean isOwn(long catalog, long oid) {
    return !notOwn.contains(new Address(catalog, oid));
  }
}
