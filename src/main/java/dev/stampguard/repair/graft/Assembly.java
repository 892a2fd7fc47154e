package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.repair.Hazard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the statements of a graft together, in an order that works. */
final class Assembly {
  /** Between two places of {@code pg_dump}'s order there is room for this many steps of ours. */
  private static final long ROOM = 1L << 24;

  private final Choice choice;
  private final Inventory source;
  private final TableOfContents contents;
  private final ChosenEntries entries;
  private final DumpScript script;
  private final EntryStatements entryStatements;
  private final ColumnStatements columnStatements;
  private final AlterationStatements alterationStatements;
  private final Partitions partitions;
  private final ColumnPlaces places;
  private final Traits wanted;
  private final List<Graft.Obstacle> obstacles = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<TocEntry, Step> byEntry = new LinkedHashMap<>();

  /** Steps that make or change what {@code pg_dump} has no entry for, by what they are about. */
  private final Map<CatalogItem, List<Step>> own = new HashMap<>();

  private final Map<Step, CatalogItem> subjects = new LinkedHashMap<>();
  private final Map<CatalogItem, Step> ties = new HashMap<>();

  /** What has to be told apart about both databases before anything is assembled. */
  record Sides(Inventory source, Inventory target, Traits wanted) {}

  Assembly(
      Choice choice,
      Sides sides,
      TableOfContents contents,
      DumpScript script,
      Facts facts,
      Map<ObjectName, String> backfills) {
    this.choice = choice;
    this.source = sides.source();
    this.wanted = sides.wanted();
    this.contents = contents;
    this.script = script;
    this.entries = new ChosenEntries(choice, source, contents);
    this.entryStatements = new EntryStatements(choice, wanted, facts);
    this.columnStatements =
        new ColumnStatements(choice, source, sides.target(), wanted, facts, backfills);
    this.partitions = new Partitions(choice, source, wanted, entries);
    this.places = new ColumnPlaces(source, sides.target(), choice);
    this.alterationStatements = new AlterationStatements(choice, source, wanted, facts);
  }

  Graft assemble() {
    drops();
    entries.all().forEach(this::entry);
    // Columns of a table in their order, as far as it can be.
    choice.made().stream()
        .sorted(Comparator.comparing(item -> item.id().part()))
        .forEach(this::made);
    choice.altered().forEach(this::altered);
    needs();
    attachments();
    var statements = new ArrayList<GraftStatement>();
    Step.order(steps).forEach(step -> statements.addAll(step.statements()));
    statements.addAll(entryStatements.late());
    obstacles.addAll(choice.obstacles());
    return obstacles.isEmpty()
        ? new Graft(Segments.cut(statements), List.of())
        : new Graft(List.of(), obstacles);
  }

  /** Notes a step that is about an item, unless what it says would be something else there. */
  private Step add(long place, CatalogItem item, List<GraftStatement> statements) {
    places.obstacle(item, statements).ifPresent(obstacles::add);
    return add(place, statements);
  }

  private Step add(long place, List<GraftStatement> statements) {
    var step = new Step(place * ROOM + steps.size(), statements);
    steps.add(step);
    return step;
  }

  private void own(CatalogItem item, Step step) {
    own.computeIfAbsent(item, i -> new ArrayList<>()).add(step);
    subjects.put(step, item);
  }

  private void drops() {
    for (CatalogItem item : choice.drops()) {
      add(
          -1,
          List.of(
              new GraftStatement(
                  choice.nameFor(item),
                  item.undo().orElseThrow(),
                  Optional.empty(),
                  EnumSet.of(Hazard.RECREATES_OBJECT),
                  Optional.of("its privileges and comments do not come back"),
                  Optional.empty(),
                  false)));
    }
  }

  private void entry(TocEntry entry, CatalogItem item) {
    List<String> sql = partitions.rewritten(entry, item, script.of(entry));
    Step step = add(contents.place(entry), item, entryStatements.of(entry, item, sql));
    byEntry.put(entry, step);
    subjects.put(step, item);
    if (entry.is("TABLE ATTACH") && entry.isTie()) {
      ties.put(item, step);
    }
  }

  /** What is made without an entry: columns and checks of tables that are there. */
  private void made(CatalogItem item) {
    ObjectKind kind = item.name().map(ObjectName::kind).orElse(null);
    if (kind == null || choice.makesRelationOf(item)) {
      return;
    }
    if (kind == ObjectKind.COLUMN) {
      Optional<CatalogItem> parent = columnStatements.broughtBy(item);
      own(
          item,
          add(
              tablePlace(item),
              parent
                  .map(brings -> columnStatements.adjust(item, brings))
                  .orElseGet(() -> columnStatements.add(item))));
    } else if (kind == ObjectKind.CONSTRAINT && !entries.has(item)) {
      Trait definition = wanted.find(item.id(), TraitKind.DEFINITION).orElseThrow();
      var change =
          new Alteration.Change(definition, definition.make().orElseThrow(), item.undo(), false);
      own(item, add(contents.size(), alterationStatements.of(item, List.of(change))));
    }
  }

  private void altered(CatalogItem item, Alteration alteration) {
    for (boolean labels : List.of(true, false)) {
      List<Alteration.Change> changes =
          alteration.changes().stream()
              .filter(change -> (change.kind() == TraitKind.LABEL) == labels)
              .toList();
      if (!changes.isEmpty()) {
        own(item, add(labels ? -2 : place(item), item, alterationStatements.of(item, changes)));
      }
    }
  }

  /** A table's own traits may name its indexes and columns, everything else is as when made. */
  private long place(CatalogItem item) {
    return switch (item.name().orElseThrow().kind()) {
      case COLUMN -> tablePlace(item);
      case TABLE, CONSTRAINT, INDEX, TRIGGER, POLICY -> contents.size();
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, VIEW, MATERIALIZED_VIEW, FUNCTION ->
          entries.place(item).orElse(contents.size());
    };
  }

  private long tablePlace(CatalogItem item) {
    return item.relation()
        .flatMap(relation -> Choice.relation(source, relation))
        .flatMap(entries::place)
        .orElse(contents.size());
  }

  private void needs() {
    Set<Integer> chosen = entries.numbers();
    byEntry.forEach(
        (entry, step) -> {
          contents
              .needs(entry, chosen)
              .forEach(number -> step.after(byEntry.get(contents.find(number).orElseThrow())));
          needOwn(step);
        });
    own.forEach(
        (item, list) ->
            list.forEach(
                step -> {
                  needOwn(step);
                  source.needs(item).forEach(need -> afterEntries(step, need));
                }));
    own.forEach((item, list) -> list.forEach(step -> inherited(item, step)));
  }

  private void needOwn(Step step) {
    CatalogItem item = subjects.get(step);
    for (CatalogItem need : source.needs(item)) {
      // A table's own traits are nothing that anybody waits for.
      if (!isTable(need)) {
        own.getOrDefault(need, List.of()).forEach(step::after);
      } else if (isTable(item)) {
        // Of a parent the columns must be there.
        columnsOf(need).forEach(step::after);
      }
    }
  }

  private void afterEntries(Step step, CatalogItem need) {
    byEntry.forEach(
        (entry, other) -> {
          if (subjects.get(other).equals(need) && !entry.isTie()) {
            step.after(other);
          }
        });
  }

  /** A column that is local and inherited as well must be there before its parent's. */
  private void inherited(CatalogItem item, Step step) {
    if (item.name().filter(name -> name.kind() == ObjectKind.COLUMN).isEmpty()
        || !choice.makes(item)) {
      return;
    }
    boolean isBrought = columnStatements.broughtBy(item).isPresent();
    for (CatalogItem parent : columnStatements.parents(item)) {
      for (Step of : own.getOrDefault(parent, List.of())) {
        if (isBrought) {
          step.after(of);
        } else {
          of.after(step);
        }
      }
    }
  }

  /** Steps that add or change columns and checks of a table. */
  private List<Step> columnsOf(CatalogItem table) {
    return Inventory.relation(table).map(source::inside).orElse(List.of()).stream()
        .filter(
            item ->
                item.name()
                    .filter(
                        name ->
                            name.kind() == ObjectKind.COLUMN
                                || name.kind() == ObjectKind.CONSTRAINT)
                    .isPresent())
        .flatMap(item -> own.getOrDefault(item, List.of()).stream())
        .toList();
  }

  private static boolean isTable(CatalogItem item) {
    return item.name().filter(name -> name.kind() == ObjectKind.TABLE).isPresent();
  }

  /**
   * A partition is attached to a table that is there when its own indexes and keys are, and those
   * of the partitions below it: else they would get further ones, by names of PostgreSQL's choice.
   */
  private void attachments() {
    ties.forEach(
        (table, tie) -> {
          columnsOf(table).forEach(tie::after);
          Set<QualifiedName> below = below(table);
          boolean isParentThere = choice.existingParent(table).isPresent();
          byEntry.forEach(
              (entry, step) -> {
                Optional<QualifiedName> relation = Inventory.relation(subjects.get(step));
                boolean isIndex =
                    entry.is("INDEX") || entry.is("CONSTRAINT") || entry.is("INDEX ATTACH");
                if (entry.is("INDEX ATTACH") && relation.equals(Inventory.relation(table))) {
                  step.after(tie);
                } else if (isParentThere
                    && isIndex
                    && relation.filter(below::contains).isPresent()) {
                  tie.after(step);
                }
              });
        });
  }

  /** A table and the partitions that are made below it. */
  private Set<QualifiedName> below(CatalogItem table) {
    var below = new HashSet<QualifiedName>();
    var open = new ArrayDeque<>(List.of(table));
    while (!open.isEmpty()) {
      CatalogItem next = open.pop();
      if (Inventory.relation(next).filter(below::add).isPresent()) {
        source.dependents(next).keySet().stream().filter(ties::containsKey).forEach(open::add);
      }
    }
    return below;
  }
}
