package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.repair.graft.Graft.Obstacle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds definitions that would mean something else in the target. PostgreSQL prints {@code FROM t
 * AS x(a, b)} where a view calls columns otherwise than their table does; such names go by place,
 * and a column that comes back comes last.
 */
final class ColumnPlaces {
  /** A name with a list of names behind it, after the name of a relation or a bracket. */
  private static final Pattern LIST =
      Pattern.compile(
          "(?:\"|\\w|\\)) (?:AS )?(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\w$\\x{80}-\\x{10FFFF}]*)\\(");

  private static final Set<ObjectKind> PRINTED =
      Set.of(
          ObjectKind.VIEW,
          ObjectKind.MATERIALIZED_VIEW,
          ObjectKind.FUNCTION,
          ObjectKind.POLICY,
          ObjectKind.TABLE);

  private final Inventory source;
  private final Inventory target;
  private final Choice choice;

  ColumnPlaces(Inventory source, Inventory target, Choice choice) {
    this.source = source;
    this.target = target;
    this.choice = choice;
  }

  /** Why these statements about an item must not run; empty when they may. */
  Optional<Obstacle> obstacle(CatalogItem item, List<GraftStatement> statements) {
    boolean isPrinted = item.name().filter(name -> PRINTED.contains(name.kind())).isPresent();
    if (!isPrinted || statements.stream().noneMatch(s -> LIST.matcher(s.sql()).find())) {
      return Optional.empty();
    }
    return tables(item).stream()
        .filter(this::isReordered)
        .findFirst()
        .map(
            table ->
                new Obstacle(
                    item.name().orElseThrow(),
                    "it names columns of `%s` by their place, and they are in another order in the target"
                        .formatted(ObjectName.of(ObjectKind.TABLE, table))));
  }

  /** Tables whose columns an item uses, be it by way of a function that returns their rows. */
  private Set<QualifiedName> tables(CatalogItem item) {
    var tables = new LinkedHashSet<QualifiedName>();
    Set<CatalogItem> needs = source.needs(item);
    Stream.concat(
            needs.stream(),
            needs.stream().filter(ColumnPlaces::isFunction).flatMap(f -> source.needs(f).stream()))
        .flatMap(need -> Inventory.relation(need).stream())
        .filter(relation -> source.find(ObjectName.of(ObjectKind.TABLE, relation)).isPresent())
        .forEach(tables::add);
    return tables;
  }

  private static boolean isFunction(CatalogItem item) {
    return item.name().filter(name -> name.kind() == ObjectKind.FUNCTION).isPresent();
  }

  /** Whether a table's columns will not begin with those of the source in their order. */
  private boolean isReordered(QualifiedName table) {
    if (target.find(ObjectName.of(ObjectKind.TABLE, table)).isEmpty()) {
      return false;
    }
    List<CatalogItem> wanted = columns(source, table);
    List<String> names = new ArrayList<>(names(columns(target, table)));
    names.addAll(names(wanted.stream().filter(choice::makes).toList()));
    List<String> inOrder = names(wanted);
    return names.size() < inOrder.size() || !names.subList(0, inOrder.size()).equals(inOrder);
  }

  private static List<CatalogItem> columns(Inventory inventory, QualifiedName table) {
    return inventory.inside(table).stream()
        .filter(item -> item.id().part() > 0)
        .sorted(Comparator.comparing(item -> item.id().part()))
        .toList();
  }

  private static List<String> names(List<CatalogItem> columns) {
    return columns.stream().map(column -> column.name().orElseThrow().simpleName()).toList();
  }
}
