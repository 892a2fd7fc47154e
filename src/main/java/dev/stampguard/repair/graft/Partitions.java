package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes partitions of tables that are there. PostgreSQL attaches one only when its checks are those
 * of the parent to the letter, and some checks are printed in words that are read otherwise: then
 * {@code CREATE TABLE … (LIKE …)} takes them from the parent as they are.
 */
final class Partitions {
  private final Choice choice;
  private final Inventory source;
  private final Traits wanted;
  private final ChosenEntries entries;

  Partitions(Choice choice, Inventory source, Traits wanted, ChosenEntries entries) {
    this.choice = choice;
    this.source = source;
    this.wanted = wanted;
    this.entries = entries;
  }

  /** An entry's statements, or those that do the same where they would not be enough. */
  List<String> rewritten(TocEntry entry, CatalogItem table, List<String> sql) {
    Optional<String> like =
        ChosenEntries.makes(entry, table)
            ? wanted.find(table.id(), TraitKind.LIKE_PARENT).flatMap(Trait::make)
            : Optional.empty();
    Optional<CatalogItem> parent = choice.existingParent(table);
    if (like.isEmpty() || parent.isEmpty() || !hasUnstableCheck(parent.get())) {
      return sql;
    }
    var rewritten = new ArrayList<>(List.of(like.get()));
    for (CatalogItem item : inside(table)) {
      if (item.id().part() > 0) {
        rewritten.addAll(own(item, parent.get()));
      } else if (isCheck(item) && !entries.has(item) && same(item, parent.get()).isEmpty()) {
        wanted.find(item.id(), TraitKind.DEFINITION).flatMap(Trait::make).ifPresent(rewritten::add);
      }
    }
    rewritten.addAll(sql.subList(1, sql.size()));
    return rewritten;
  }

  private List<CatalogItem> inside(CatalogItem table) {
    return source.inside(Inventory.relation(table).orElseThrow());
  }

  private boolean hasUnstableCheck(CatalogItem parent) {
    return inside(parent).stream()
        .filter(this::isCheck)
        .flatMap(check -> wanted.find(check.id(), TraitKind.DEFINITION).stream())
        .anyMatch(
            definition ->
                definition.make().filter(sql -> !sql.contains(definition.value())).isPresent());
  }

  private boolean isCheck(CatalogItem item) {
    return item.name().filter(name -> name.kind() == ObjectKind.CONSTRAINT).isPresent()
        && wanted.value(item.id(), TraitKind.DEFINITION).startsWith("CHECK ");
  }

  /** What a column has of its own, beside what LIKE copies. */
  private List<String> own(CatalogItem column, CatalogItem parent) {
    var sql = new ArrayList<String>();
    boolean hasEntry =
        entries.all().entrySet().stream()
            .anyMatch(e -> e.getKey().is("DEFAULT") && e.getValue().equals(column));
    if (!hasEntry) {
      make(column, TraitKind.DEFAULT, sql);
    }
    same(column, parent)
        .flatMap(of -> wanted.find(of.id(), TraitKind.NOT_NULL))
        .flatMap(of -> wanted.find(column.id(), TraitKind.NOT_NULL))
        // The parent's came along under its own name.
        .flatMap(Trait::take)
        .ifPresent(sql::add);
    make(column, TraitKind.NOT_NULL, sql);
    make(column, TraitKind.SETTING, sql);
    return sql;
  }

  private void make(CatalogItem item, TraitKind kind, List<String> sql) {
    wanted.of(item.id(), kind).stream().flatMap(trait -> trait.make().stream()).forEach(sql::add);
  }

  /** The parent's column or constraint of the same name. */
  private Optional<CatalogItem> same(CatalogItem item, CatalogItem parent) {
    ObjectName name = item.name().orElseThrow();
    QualifiedName relation = Inventory.relation(parent).orElseThrow();
    return source.find(ObjectName.inside(name.kind(), relation, name.simpleName()));
  }
}
