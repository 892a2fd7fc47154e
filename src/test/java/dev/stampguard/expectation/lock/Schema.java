package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A schema as steps leave it, simple enough to be computed: tables with columns, an enum, and
 * indexes and views whose definitions name the table, the column and its type, so that they change
 * with what they depend on.
 */
final class Schema {
  /** A table's columns and their types. */
  private final Map<String, Map<String, String>> tables = new TreeMap<>();

  /** Per index its table and column. */
  private final Map<String, String[]> indexes = new TreeMap<>();

  /** Per view its table and column and which edition of it. */
  private final Map<String, String[]> views = new TreeMap<>();

  private final Map<String, Integer> labels = new TreeMap<>();

  Set<String> tables() {
    return tables.keySet();
  }

  Set<String> columns(String table) {
    return tables.getOrDefault(table, Map.of()).keySet();
  }

  Set<String> indexes() {
    return indexes.keySet();
  }

  Set<String> views() {
    return views.keySet();
  }

  Set<String> enums() {
    return labels.keySet();
  }

  boolean isViewed(String table) {
    return views.values().stream().anyMatch(view -> view[0].equals(table));
  }

  // Steps; each says whether PostgreSQL would have carried it out.

  boolean createTable(String table, List<String> columns, String type) {
    if (tables.containsKey(table) || views.containsKey(table)) {
      return false;
    }
    var typed = new TreeMap<String, String>();
    columns.forEach(column -> typed.put(column, type));
    tables.put(table, typed);
    return true;
  }

  boolean dropTable(String table) {
    if (isViewed(table) || tables.remove(table) == null) {
      return false;
    }
    indexes.values().removeIf(index -> index[0].equals(table));
    return true;
  }

  boolean renameTable(String from, String to) {
    if (!tables.containsKey(from) || tables.containsKey(to) || views.containsKey(to)) {
      return false;
    }
    tables.put(to, tables.remove(from));
    retarget(from, to);
    return true;
  }

  private void retarget(String from, String to) {
    for (Map<String, String[]> dependents : List.of(indexes, views)) {
      dependents.values().stream()
          .filter(dependent -> dependent[0].equals(from))
          .forEach(dependent -> dependent[0] = to);
    }
  }

  boolean setColumn(String table, String column, String type, boolean isNew) {
    Map<String, String> columns = tables.get(table);
    if (columns == null || columns.containsKey(column) == isNew) {
      return false;
    }
    columns.put(column, type);
    return true;
  }

  boolean dropColumn(String table, String column) {
    Map<String, String> columns = tables.get(table);
    boolean viewed =
        views.values().stream().anyMatch(v -> v[0].equals(table) && v[1].equals(column));
    if (columns == null || viewed || columns.remove(column) == null) {
      return false;
    }
    indexes.values().removeIf(index -> index[0].equals(table) && index[1].equals(column));
    return true;
  }

  boolean renameColumn(String table, String from, String to) {
    Map<String, String> columns = tables.get(table);
    if (columns == null || !columns.containsKey(from) || columns.containsKey(to)) {
      return false;
    }
    columns.put(to, columns.remove(from));
    for (Map<String, String[]> dependents : List.of(indexes, views)) {
      dependents.values().stream()
          .filter(dependent -> dependent[0].equals(table) && dependent[1].equals(from))
          .forEach(dependent -> dependent[1] = to);
    }
    return true;
  }

  boolean createIndex(String index, String table, String column) {
    return columns(table).contains(column)
        && indexes.putIfAbsent(index, new String[] {table, column}) == null;
  }

  boolean dropIndex(String index) {
    return indexes.remove(index) != null;
  }

  boolean putView(String view, String table, String column, String edition) {
    if (tables.containsKey(view) || !columns(table).contains(column)) {
      return false;
    }
    views.put(view, new String[] {table, column, edition});
    return true;
  }

  boolean dropView(String view) {
    return views.remove(view) != null;
  }

  boolean addLabel(String type, boolean isNew) {
    if (labels.containsKey(type) == isNew) {
      return false;
    }
    labels.merge(type, 1, Integer::sum);
    return true;
  }

  // What is there

  List<CatalogObject> objects() {
    var objects = new ArrayList<CatalogObject>();
    labels.forEach(
        (type, count) ->
            add(objects, ObjectName.of(ObjectKind.TYPE, "public", type), "enum " + count));
    tables.forEach(
        (table, columns) -> {
          var name = new QualifiedName("public", table);
          add(objects, ObjectName.of(ObjectKind.TABLE, name), "table");
          columns.forEach(
              (column, type) ->
                  objects.add(
                      new CatalogObject(
                          ObjectName.inside(ObjectKind.COLUMN, name, column),
                          Optional.of(name),
                          new Definition.Canonical(type))));
        });
    indexes.forEach(
        (index, on) ->
            objects.add(
                new CatalogObject(
                    ObjectName.of(ObjectKind.INDEX, "public", index),
                    Optional.of(new QualifiedName("public", on[0])),
                    new Definition.Canonical(
                        "INDEX ON public." + on[0] + " (" + typed(on) + ")"))));
    views.forEach(
        (view, of) ->
            objects.add(
                new CatalogObject(
                    ObjectName.of(ObjectKind.VIEW, "public", view),
                    Optional.empty(),
                    new Definition.Canonical(
                        "view (" + typed(of) + ")",
                        Optional.of(
                            new Definition.Body(
                                18,
                                "SELECT %s FROM public.%s AS %s WITH %d columns"
                                    .formatted(of[1], of[0], of[2], columns(of[0]).size())))))));
    return objects;
  }

  private static void add(List<CatalogObject> objects, ObjectName name, String definition) {
    objects.add(new CatalogObject(name, Optional.empty(), new Definition.Canonical(definition)));
  }

  private String typed(String[] tableAndColumn) {
    return tableAndColumn[1] + " " + tables.get(tableAndColumn[0]).get(tableAndColumn[1]);
  }

  CatalogSnapshot snapshot() {
    return CatalogSnapshot.of("18.3", objects());
  }

  /** What a replay would have seen happen between two moments. */
  static List<Effect> effects(CatalogSnapshot before, CatalogSnapshot after) {
    var names = new TreeSet<>(before.objects().keySet());
    names.addAll(after.objects().keySet());
    var effects = new ArrayList<Effect>();
    for (ObjectName name : names) {
      Optional<Definition> was = before.find(name);
      Optional<Definition> is = after.find(name);
      CatalogObject object =
          after.contains(name) ? after.objects().get(name) : before.objects().get(name);
      if (!was.equals(is)) {
        effects.add(new Effect(name, object.relation(), was, is));
      }
    }
    return effects;
  }
}
