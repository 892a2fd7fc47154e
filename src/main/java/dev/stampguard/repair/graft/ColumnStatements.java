package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.repair.Hazard;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements that add a column to a table that is there. */
final class ColumnStatements {
  private static final Set<TraitKind> GIVE_VALUES =
      EnumSet.of(TraitKind.DEFAULT, TraitKind.IDENTITY, TraitKind.GENERATED);

  private final Choice choice;
  private final Inventory source;
  private final Inventory target;
  private final Traits wanted;
  private final Facts facts;
  private final Map<ObjectName, String> backfills;

  ColumnStatements(
      Choice choice,
      Inventory source,
      Inventory target,
      Traits wanted,
      Facts facts,
      Map<ObjectName, String> backfills) {
    this.choice = choice;
    this.source = source;
    this.target = target;
    this.wanted = wanted;
    this.facts = facts;
    this.backfills = backfills;
  }

  /**
   * The column of a parent that brings this one along: adding a column reaches every table that
   * inherits. Empty when the column has to be added by itself.
   */
  Optional<CatalogItem> broughtBy(CatalogItem column) {
    return wanted.value(column.id(), TraitKind.COLUMN).equals("local")
        ? Optional.empty()
        : parents(column).stream().findFirst();
  }

  /** The columns of its name that are added to parents. */
  List<CatalogItem> parents(CatalogItem column) {
    ObjectName name = column.name().orElseThrow();
    Optional<CatalogItem> table = Choice.relation(source, column.relation().orElseThrow());
    Optional<CatalogItem> present = table.flatMap(target::find);
    if (present.isEmpty()) {
      return List.of();
    }
    return source.needs(table.get()).stream()
        .filter(parent -> parent.name().filter(n -> n.kind() == ObjectKind.TABLE).isPresent())
        .filter(
            parent -> target.find(parent).filter(target.needs(present.get())::contains).isPresent())
        .flatMap(
            parent ->
                source
                    .find(
                        ObjectName.inside(
                            ObjectKind.COLUMN,
                            Inventory.relation(parent).orElseThrow(),
                            name.simpleName()))
                    .stream())
        .filter(choice::makes)
        .toList();
  }

  /** Adds the column as a whole. */
  List<GraftStatement> add(CatalogItem column) {
    List<Trait> traits = wanted.of(column.id());
    var statements = new ArrayList<GraftStatement>();
    made(traits, TraitKind.SEQUENCE)
        .forEach(sql -> statements.add(statement(column, sql, Optional.empty(), Set.of())));
    boolean lacksValues =
        facts.isFilled(column)
            && wanted
                .find(column.id(), TraitKind.NOT_NULL)
                .filter(t -> t.value().isEmpty())
                .isPresent()
            && traits.stream().noneMatch(trait -> GIVE_VALUES.contains(trait.kind()));
    if (lacksValues) {
      addInSteps(column, statements);
    } else {
      Trait whole = wanted.find(column.id(), TraitKind.COLUMN).orElseThrow();
      statements.add(
          statement(column, whole.make().orElseThrow(), column.undo(), hazards(column, whole)));
      wanted.of(column.id(), TraitKind.NOT_NULL).stream()
          .filter(trait -> !trait.value().isEmpty())
          .flatMap(trait -> trait.make().stream())
          .forEach(sql -> statements.add(statement(column, sql, Optional.empty(), Set.of())));
    }
    made(traits, TraitKind.SEQUENCE_OWNER)
        .forEach(sql -> statements.add(statement(column, sql, Optional.empty(), Set.of())));
    made(traits, TraitKind.SETTING)
        .forEach(sql -> statements.add(statement(column, sql, Optional.empty(), Set.of())));
    return statements;
  }

  private void addInSteps(CatalogItem column, List<GraftStatement> statements) {
    Trait nullable = wanted.find(column.id(), TraitKind.NULLABLE_COLUMN).orElseThrow();
    Trait refusing = wanted.find(column.id(), TraitKind.NOT_NULL).orElseThrow();
    statements.add(
        statement(column, nullable.make().orElseThrow(), column.undo(), hazards(column, nullable)));
    Optional<String> backfill = Optional.ofNullable(backfills.get(column.name().orElseThrow()));
    // Writes the rows anew and fires no trigger, as an UPDATE would.
    backfill.ifPresent(
        expression ->
            statements.add(
                statement(
                    column,
                    nullable.change().orElseThrow() + "(" + expression + ")",
                    Optional.empty(),
                    EnumSet.of(Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK, Hazard.REWRITES_TABLE))));
    statements.add(
        new GraftStatement(
            column.name().orElseThrow(),
            refusing.make().orElseThrow(),
            refusing.take(),
            EnumSet.of(Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK, Hazard.NOT_NULL_WITHOUT_DEFAULT),
            Optional.of(Backfill.remark(wanted.value(column.id(), TraitKind.TYPE))),
            Optional.empty(),
            false));
  }

  /** What a column that came along with its parent's has otherwise than that. */
  List<GraftStatement> adjust(CatalogItem column, CatalogItem parent) {
    var statements = new ArrayList<String>();
    if (!wanted
        .value(column.id(), TraitKind.DEFAULT)
        .equals(wanted.value(parent.id(), TraitKind.DEFAULT))) {
      statements.addAll(made(wanted.of(column.id()), TraitKind.DEFAULT));
      statements.addAll(made(wanted.of(column.id()), TraitKind.NO_DEFAULT));
    }
    if (!has(wanted.of(parent.id()), TraitKind.NOT_NULL)) {
      statements.addAll(made(wanted.of(column.id()), TraitKind.NOT_NULL));
    }
    statements.addAll(made(wanted.of(column.id()), TraitKind.SETTING));
    return statements.stream()
        .map(sql -> statement(column, sql, Optional.empty(), Set.of()))
        .toList();
  }

  private Set<Hazard> hazards(CatalogItem column, Trait trait) {
    var hazards = EnumSet.noneOf(Hazard.class);
    if (facts.isFilled(column)) {
      hazards.add(Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK);
      if (trait.rewrites()) {
        hazards.add(Hazard.REWRITES_TABLE);
      }
    }
    return hazards;
  }

  private static boolean has(List<Trait> traits, TraitKind kind) {
    return traits.stream().anyMatch(trait -> trait.kind() == kind);
  }

  private static List<String> made(List<Trait> traits, TraitKind kind) {
    return traits.stream()
        .filter(trait -> trait.kind() == kind)
        .flatMap(trait -> trait.make().stream())
        .toList();
  }

  private static GraftStatement statement(
      CatalogItem column, String sql, Optional<String> undo, Set<Hazard> hazards) {
    return new GraftStatement(
        column.name().orElseThrow(), sql, undo, hazards, Optional.empty(), Optional.empty(), false);
  }
}
