package dev.stampguard.catalog;

import dev.stampguard.catalog.ScannedRelation.Column;
import dev.stampguard.postgres.Results;
import dev.stampguard.postgres.ServerVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the result sets of {@code catalog-scans.sql} together, in their order: the snapshot that
 * {@code catalog-definitions.sql} gives, in a fraction of the time. What is rare and intricate is
 * left to the latter: then there is no answer.
 */
final class CatalogScans {
  private static final long PG_CLASS = 1259;
  private static final long PG_TYPE = 1247;
  private static final long PG_NAMESPACE = 2615;

  /** An object's address in {@code pg_depend}. */
  private record Address(long catalog, long oid) {}

  private final Definitions definitions;
  private final ScannedText text = new ScannedText();
  private final Map<Long, String> schemas = new HashMap<>();
  private final Set<Address> members = new HashSet<>();
  private final Map<Long, ScannedRelation> relations = new HashMap<>();
  private final TreeMap<ObjectName, CatalogObject> objects = new TreeMap<>();

  private CatalogScans(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * Reads exactly the result sets of the scans.
   *
   * @return empty when something is there that they do not tell
   */
  static Optional<CatalogSnapshot> read(Results results, String database, ServerVersion version)
      throws SQLException {
    var scans = new CatalogScans(new Definitions(database, version));
    scans.standAlone(results);
    scans.insideRelations(results);
    return scans.text.names().isWhole()
        ? Optional.of(new CatalogSnapshot(version.text(), scans.objects, Set.of()))
        : Optional.empty();
  }

  private void standAlone(Results results) throws SQLException {
    ResultSet rules = results.next();
    rules.next();
    text.names().giveUpIf(rules.getBoolean(1));
    schemas(results);
    ResultSet owned = results.next();
    while (owned.next()) {
      text.addOwned(owned.getLong(1), owned.getLong(2), owned.getInt(3));
    }
    ResultSet sequences = results.next();
    while (sequences.next()) {
      text.addSequence(sequences.getLong(1), sequences.getString(2));
    }
    ResultSet extensions = results.next();
    while (extensions.next()) {
      add(
          ObjectName.of(ObjectKind.EXTENSION, extensions.getString(1)),
          "extension schema " + text.names().quote(schemas.get(extensions.getLong(2))));
    }
    relations(results.next());
    ResultSet parents = results.next();
    while (parents.next()) {
      text.addParent(parents.getLong(1), relations.get(parents.getLong(2)));
    }
    ResultSet labels = results.next();
    while (labels.next()) {
      text.addLabel(labels.getLong(1), labels.getString(2));
    }
  }

  private void schemas(Results results) throws SQLException {
    ResultSet rows = results.next();
    while (rows.next()) {
      schemas.put(rows.getLong(1), rows.getString(2));
    }
    ResultSet owned = results.next();
    while (owned.next()) {
      members.add(new Address(owned.getLong(1), owned.getLong(2)));
    }
    schemas.forEach(
        (oid, schema) -> {
          if (isOwn(oid, PG_NAMESPACE, oid) && !schema.equals("public")) {
            add(ObjectName.of(ObjectKind.SCHEMA, schema), "schema");
          }
        });
  }

  private void relations(ResultSet rows) throws SQLException {
    while (rows.next()) {
      long oid = rows.getLong(1);
      var said =
          new ScannedRelation.Text(
              rows.getBoolean(5),
              (rows.getBoolean(6) ? " row security enabled" : "")
                  + (rows.getBoolean(7) ? " row security forced" : ""),
              rows.getString(8).charAt(0),
              rows.getBoolean(10),
              rows.getString(11),
              rows.getString(12),
              rows.getString(13));
      String schema = schemas.get(rows.getLong(2));
      if (schema == null) {
        continue; // a catalog that is damaged: the thorough query sees no such relation either
      }
      text.names().giveUpIf(rows.getBoolean(9));
      relations.put(
          oid,
          new ScannedRelation(
              rows.getString(3).charAt(0),
              isOwn(rows.getLong(2), PG_CLASS, oid),
              new QualifiedName(schema, rows.getString(4)),
              said));
    }
  }

  /** Whether it is an object: neither in PostgreSQL's own schemas nor of an extension. */
  private boolean isOwn(long schema, long catalog, long oid) {
    String name = schemas.get(schema);
    return name != null
        && !name.startsWith("pg_")
        && !name.equals("information_schema")
        && (members.isEmpty() || !members.contains(new Address(catalog, oid)));
  }

  private record ScannedType(
      long oid, ObjectName name, long relation, String base, String fallback, boolean isNotNull) {}

  private void insideRelations(Results results) throws SQLException {
    List<ScannedType> types = types(results.next());
    functions(results.next());
    ResultSet defaults = results.next();
    while (defaults.next()) {
      text.addDefault(defaults.getLong(1), defaults.getInt(2), defaults.getString(3));
    }
    columns(results.next());
    ResultSet peculiar = results.next();
    while (peculiar.next()) {
      text.addPeculiar(
          relations.get(peculiar.getLong(1)),
          relations.get(peculiar.getLong(2)),
          peculiar.getBoolean(3),
          peculiar.getBoolean(4));
    }
    constraints(results.next());
    indexes(results.next());
    named(ObjectKind.TRIGGER, results.next());
    named(ObjectKind.POLICY, results.next());
    // Now that all their parts are known.
    types.forEach(this::add);
    relations.forEach(this::add);
  }

  private List<ScannedType> types(ResultSet rows) throws SQLException {
    var types = new ArrayList<ScannedType>();
    while (rows.next()) {
      text.names().giveUpIf(rows.getBoolean(8));
      ScannedRelation relation = relations.get(rows.getLong(3));
      // Every table has a row type too; only a composite type of its own is an object.
      boolean standsAlone = rows.getLong(3) == 0 || (relation != null && relation.kind() == 'c');
      if (standsAlone && isOwn(rows.getLong(2), PG_TYPE, rows.getLong(1))) {
        types.add(
            new ScannedType(
                rows.getLong(1),
                ObjectName.of(ObjectKind.TYPE, schemas.get(rows.getLong(2)), rows.getString(4)),
                rows.getLong(3),
                rows.getString(5),
                rows.getString(6),
                rows.getBoolean(7)));
      }
    }
    return types;
  }

  private void functions(ResultSet rows) throws SQLException {
    while (rows.next()) {
      // What extensions own is not among them.
      if (isOwn(rows.getLong(1), 0, 0)) {
        text.names().giveUpIf(rows.getBoolean(4));
        if (text.names().isWhole()) {
          add(
              ObjectName.function(
                  schemas.get(rows.getLong(1)), rows.getString(2), rows.getString(3)),
              rows.getString(5));
        }
      }
    }
  }

  private void columns(ResultSet rows) throws SQLException {
    long oid = 0;
    ScannedRelation relation = null;
    while (rows.next()) {
      long next = rows.getLong(1);
      if (next != oid) {
        oid = next;
        relation = relations.get(oid);
      }
      text.names().giveUpIf(rows.getBoolean(9));
      if (relation != null) {
        relation
            .columns()
            .add(
                new Column(
                    rows.getInt(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getLong(8),
                    rows.getBoolean(5),
                    rows.getString(6),
                    rows.getString(7)));
      }
    }
  }

  private void constraints(ResultSet rows) throws SQLException {
    while (rows.next()) {
      char kind = rows.getString(4).charAt(0);
      String definition = rows.getString(10);
      boolean isPlain = "".equals(definition);
      ScannedRelation relation = relations.get(rows.getLong(1));
      if (kind == 'n') {
        text.addNotValid(rows.getLong(1), rows.getString(5));
      } else if (rows.getLong(2) != 0) {
        text.addDomainConstraint(rows.getLong(2), rows.getString(3), definition);
      } else if (relation != null && relation.isOwn()) {
        if (isPlain && kind == 'p') {
          definition =
              text.keys().primaryKey(relation, rows.getString(5), relations.get(rows.getLong(9)));
        } else if (isPlain && kind == 'f') {
          definition =
              text.keys()
                  .foreignKey(
                      relation,
                      rows.getString(5),
                      relations.get(rows.getLong(6)),
                      rows.getString(7),
                      rows.getString(8).charAt(0));
        }
        add(ObjectKind.CONSTRAINT, relation, rows.getString(3), definition);
      }
    }
  }

  private void indexes(ResultSet rows) throws SQLException {
    while (rows.next()) {
      ScannedRelation relation = relations.get(rows.getLong(1));
      ScannedRelation index = relations.get(rows.getLong(2));
      if (relation == null || index == null || !relation.isOwn()) {
        continue;
      }
      String definition = rows.getString(8);
      if ("".equals(definition)) {
        definition =
            text.keys()
                .index(relation, index, rows.getBoolean(5), rows.getString(6), rows.getString(7));
      }
      boolean isValid = rows.getBoolean(4);
      // A partitioned index is invalid until each partition has its own: nothing has failed. Any
      // other may still be being built, which the locks tell.
      text.names().giveUpIf(!isValid && index.kind() == 'i');
      add(
          ObjectName.of(ObjectKind.INDEX, relation.name().schema(), index.name().name()),
          relation.home(),
          isValid || definition == null ? definition : definition + " INVALID");
    }
  }

  private void named(ObjectKind kind, ResultSet rows) throws SQLException {
    while (rows.next()) {
      ScannedRelation relation = relations.get(rows.getLong(1));
      if (relation != null && relation.isOwn()) {
        add(kind, relation, rows.getString(2), rows.getString(3));
      }
    }
  }

  private void add(ScannedType type) {
    String definition;
    if (type.relation() != 0) {
      definition = "composite (" + text.signature(type.relation(), relations) + ")";
    } else if (type.base() != null) {
      definition = text.domain(type.oid(), type.base(), type.fallback(), type.isNotNull());
    } else {
      definition = text.enumeration(type.oid());
    }
    add(type.name(), definition);
  }

  private void add(long oid, ScannedRelation relation) {
    if (!relation.isOwn()) {
      return;
    }
    switch (relation.kind()) {
      case 'r', 'p' ->
          add(ObjectName.of(ObjectKind.TABLE, relation.name()), text.table(oid, relation));
      case 'v' -> addView(ObjectKind.VIEW, oid, relation);
      case 'm' -> addView(ObjectKind.MATERIALIZED_VIEW, oid, relation);
      case 'S' -> {
        if (!text.isOwned(oid)) {
          add(ObjectName.of(ObjectKind.SEQUENCE, relation.name()), text.sequence(oid, relation));
        }
      }
      default -> {
        // Indexes and composite types: named when their own catalog table is read.
      }
    }
    if (relation.hasColumns()) {
      for (Column column : relation.columns()) {
        add(ObjectKind.COLUMN, relation, column.name(), text.column(oid, relation, column));
      }
    }
  }

  private void addView(ObjectKind kind, long oid, ScannedRelation relation) {
    ObjectName name = ObjectName.of(kind, relation.name());
    objects.put(
        name,
        new CatalogObject(
            name,
            Optional.empty(),
            definitions.of(
                name,
                text.view(relation, text.signature(oid, relations)),
                relation.text().body())));
  }

  private void add(ObjectKind kind, ScannedRelation relation, String name, String definition) {
    add(ObjectName.inside(kind, relation.name(), name), relation.home(), definition);
  }

  private void add(ObjectName name, String definition) {
    add(name, Optional.empty(), definition);
  }

  private void add(ObjectName name, Optional<QualifiedName> home, String definition) {
    // What cannot be told is read anew anyway.
    if (text.names().isWhole()) {
      objects.put(name, new CatalogObject(name, home, definitions.of(name, definition, null)));
    }
  }
}
