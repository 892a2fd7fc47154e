package dev.stampguard.scenarios.history;

import dev.stampguard.scenarios.history.History.Script;
import dev.stampguard.scenarios.history.Thing.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes histories that run: a graph with branches, merges and dependencies whose revisions create,
 * alter, rename and drop. A revision touches only what its own ancestors wrote, so that every order
 * that a migration tool may choose leaves the same.
 */
final class HistoryGenerator {
  private static final int MOST_REVISIONS = 10;
  private static final Map<String, String> WIDER =
      Map.of(
          "integer", "bigint",
          "bigint", "numeric(20,2)",
          "varchar(20)", "varchar(50)",
          "varchar(50)", "text");

  private final Random random;
  private final Set<Thing> things = new LinkedHashSet<>();

  /** Names once taken, with everybody who wrote what had them. */
  private final Map<String, Set<Integer>> taken = new HashMap<>();

  /** Names of things that were dropped, to be used again. */
  private final Map<Kind, List<String>> dropped = new HashMap<>();

  private final List<Set<Integer>> ancestors = new ArrayList<>();
  private int names;
  private int now;

  private HistoryGenerator(Random random) {
    this.random = random;
  }

  static History generate(Random random, String schema) {
    return new History(schema, new HistoryGenerator(random).scripts());
  }

  private List<Script> scripts() {
    var scripts = new ArrayList<Script>();
    int size = 2 + random.nextInt(MOST_REVISIONS - 1);
    for (now = 0; now < size; now++) {
      Set<Integer> parents = parents();
      var dependsOn = new HashSet<Integer>();
      if (now > 1 && random.nextInt(8) == 0) {
        dependsOn.add(random.nextInt(now));
      }
      var mine = new HashSet<Integer>(Set.of(now));
      parents.forEach(parent -> mine.addAll(ancestors.get(parent)));
      dependsOn.removeAll(mine);
      dependsOn.forEach(needed -> mine.addAll(ancestors.get(needed)));
      ancestors.add(mine);
      scripts.add(new Script(id(now), ids(parents), ids(dependsOn), steps()));
    }
    return scripts;
  }

  private Set<Integer> parents() {
    if (now == 0 || random.nextInt(25) == 0) {
      return Set.of();
    }
    List<Integer> heads = new ArrayList<>();
    for (int i = 0; i < now; i++) {
      int candidate = i;
      if (ancestors.stream().filter(set -> set.contains(candidate)).count() == 1) {
        heads.add(i);
      }
    }
    return switch (random.nextInt(10)) {
      case 0, 1 -> Set.of(random.nextInt(now));
      case 2, 3 -> new HashSet<>(heads.subList(0, Math.min(2, heads.size())));
      default -> Set.of(heads.get(random.nextInt(heads.size())));
    };
  }

  private static String id(int number) {
    return "r" + number;
  }

  private static Set<String> ids(Set<Integer> numbers) {
    return numbers.stream().map(HistoryGenerator::id).collect(Collectors.toSet());
  }

  private List<String> steps() {
    var steps = new ArrayList<String>();
    if (random.nextInt(8) == 0) {
      if (random.nextBoolean()) {
        steps.add("SELECT 1");
      }
      return steps;
    }
    int wanted = 1 + random.nextInt(4);
    for (int tries = 0; steps.size() < wanted && tries < 20; tries++) {
      step().ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<String> step() {
    List<Supplier<Optional<String>>> kinds =
        List.of(
            this::createTable,
            this::createTable,
            this::addColumn,
            this::addColumn,
            this::dropColumn,
            this::alterType,
            this::alterColumn,
            this::alterColumn,
            this::renameColumn,
            this::renameTable,
            this::dropTable,
            this::createIndex,
            this::createIndex,
            this::renameIndex,
            this::addConstraint,
            this::addConstraint,
            this::createType,
            this::addValue,
            this::createSequence,
            this::createFunction,
            this::replaceFunction,
            this::createTrigger,
            this::createView,
            this::replaceView,
            this::createPolicy,
            this::protect,
            this::dropOther,
            this::changeData);
    return kinds.get(random.nextInt(kinds.size())).get();
  }

  // What is there to work with.

  private boolean isFree(Thing thing) {
    return ancestors.get(now).containsAll(thing.writers);
  }

  private Optional<Thing> some(Predicate<Thing> condition) {
    List<Thing> fitting =
        things.stream().filter(thing -> isFree(thing) && condition.test(thing)).toList();
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of(fitting.get(random.nextInt(fitting.size())));
  }

  private Optional<Thing> some(Kind kind) {
    return some(thing -> thing.kind == kind);
  }

  private Optional<Thing> someColumn(Predicate<Thing> condition) {
    return some(
        thing -> thing.kind == Kind.COLUMN && !thing.name.equals("id") && condition.test(thing));
  }

  /** Everything that directly or indirectly uses it, itself left out. */
  private Set<Thing> dependents(Thing thing) {
    var found = new LinkedHashSet<Thing>();
    var open = new ArrayList<Thing>(List.of(thing));
    while (!open.isEmpty()) {
      Thing next = open.removeLast();
      for (Thing other : things) {
        if (other.uses.contains(next) && found.add(other)) {
          open.add(other);
        }
      }
    }
    return found;
  }

  /** Whether nobody else touched anything in or around the table, be it gone or not. */
  private boolean isAllFree(Thing table) {
    return ancestors.get(now).containsAll(table.insideWriters) && areFree(dependents(table));
  }

  private boolean areFree(Set<Thing> some) {
    return some.stream().allMatch(this::isFree);
  }

  private void wrote(Thing thing) {
    thing.writers.add(now);
    thing.insideWriters.add(now);
    for (Thing used : thing.uses) {
      (used.table == null ? used : used.table).insideWriters.add(now);
    }
    taken.computeIfAbsent(thing.key(), key -> new HashSet<>()).addAll(thing.writers);
  }

  private Thing made(Kind kind, Thing table, String name, String detail, Thing... uses) {
    var thing = new Thing(kind, table, name, detail);
    thing.uses.addAll(List.of(uses));
    thing.writers.addAll(taken.getOrDefault(thing.key(), Set.of()));
    things.add(thing);
    wrote(thing);
    return thing;
  }

  private void drop(Thing thing) {
    for (Thing gone : dependents(thing)) {
      wrote(gone);
      things.remove(gone);
    }
    wrote(thing);
    things.remove(thing);
    dropped.computeIfAbsent(thing.kind, kind -> new ArrayList<>()).add(thing.name);
  }

  /** A name that nobody had, or now and then one that an ancestor has given up. */
  private String name(Kind kind, Thing table, String prefix) {
    List<String> old = dropped.getOrDefault(kind, List.of());
    if (!old.isEmpty() && random.nextInt(3) == 0) {
      String name = old.get(random.nextInt(old.size()));
      String key = new Thing(kind, table, name, "").key();
      boolean used = things.stream().anyMatch(thing -> thing.key().equals(key));
      if (!used && ancestors.get(now).containsAll(taken.getOrDefault(key, Set.of()))) {
        return name;
      }
    }
    return prefix + names++;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  // The kinds of step. Each answers empty where it finds nothing to work on.

  private Optional<String> createTable() {
    String name = name(Kind.TABLE, null, "t");
    // The columns of a table of that name were written as well.
    boolean isFresh =
        taken.entrySet().stream()
            .filter(entry -> entry.getKey().contains(" " + name + "."))
            .allMatch(entry -> ancestors.get(now).containsAll(entry.getValue()));
    if (!isFresh) {
      return Optional.empty();
    }
    var table = made(Kind.TABLE, null, name, "");
    String idType =
        pick(List.of("integer", "bigserial", "bigint GENERATED BY DEFAULT AS IDENTITY"));
    Thing id = made(Kind.COLUMN, table, "id", "id");
    made(Kind.CONSTRAINT, table, name + "_pkey", "key", id);
    var parts = new ArrayList<String>();
    parts.add("id " + idType);
    int columns = random.nextInt(3);
    for (int i = 0; i < columns; i++) {
      parts.add(column(table));
    }
    parts.add("CONSTRAINT %s_pkey PRIMARY KEY (id)".formatted(name));
    return Optional.of("CREATE TABLE %s (%s)".formatted(name, String.join(", ", parts)));
  }

  private String column(Thing table) {
    String name = name(Kind.COLUMN, table, "c");
    Optional<Thing> type = random.nextInt(4) == 0 ? some(Kind.TYPE) : Optional.empty();
    String sqlType =
        type.map(t -> t.name)
            .orElseGet(() -> pick(List.of("integer", "integer", "bigint", "varchar(20)", "text")));
    Thing column = made(Kind.COLUMN, table, name, type.isPresent() ? "enum" : sqlType);
    type.ifPresent(column.uses::add);
    String more =
        type.isPresent()
            ? pick(List.of("", " DEFAULT 'a'"))
            : sqlType.startsWith("v") || sqlType.equals("text")
                ? pick(List.of("", " NOT NULL", " DEFAULT 'x'"))
                : pick(List.of("", " NOT NULL", " DEFAULT 0"));
    return name + " " + sqlType + more;
  }

  private Optional<String> addColumn() {
    return some(Kind.TABLE)
        .map(table -> "ALTER TABLE %s ADD COLUMN %s".formatted(table.name, column(table)));
  }

  /** PostgreSQL drops indexes and constraints along; anything else would be in the way. */
  private Optional<String> dropColumn() {
    return someColumn(
            column -> {
              Set<Thing> along = dependents(column);
              return isAllFree(column.table)
                  && along.stream()
                      .allMatch(
                          thing ->
                              (thing.kind == Kind.INDEX || thing.kind == Kind.CONSTRAINT)
                                  && thing.table == column.table);
            })
        .map(
            column -> {
              String sql =
                  "ALTER TABLE %s DROP COLUMN %s".formatted(column.table.name, column.name);
              drop(column);
              return sql;
            });
  }

  private Optional<String> alterType() {
    return someColumn(
            column ->
                WIDER.containsKey(column.detail)
                    && isAllFree(column.table)
                    && dependents(column).stream()
                        .allMatch(t -> t.kind == Kind.INDEX || isOwnRule(t)))
        .map(
            column -> {
              column.detail = WIDER.get(column.detail);
              wrote(column);
              dependents(column).forEach(this::wrote);
              return "ALTER TABLE %s ALTER COLUMN %s TYPE %s"
                  .formatted(column.table.name, column.name, column.detail);
            });
  }

  private Optional<String> alterColumn() {
    return someColumn(column -> true)
        .map(
            column -> {
              wrote(column);
              boolean isText = column.detail.startsWith("v") || column.detail.equals("text");
              String value =
                  column.detail.equals("enum") ? "'b'" : isText ? "'y'" : "" + random.nextInt(3);
              String change =
                  pick(
                      List.of(
                          "SET DEFAULT " + value, "DROP DEFAULT", "SET NOT NULL", "DROP NOT NULL"));
              return "ALTER TABLE %s ALTER COLUMN %s %s"
                  .formatted(column.table.name, column.name, change);
            });
  }

  private Optional<String> renameColumn() {
    return someColumn(column -> isAllFree(column.table))
        .map(
            column -> {
              String old = column.name;
              wrote(column);
              column.name = "c" + names++;
              wrote(column);
              dependents(column).forEach(this::wrote);
              return "ALTER TABLE %s RENAME COLUMN %s TO %s"
                  .formatted(column.table.name, old, column.name);
            });
  }

  private Optional<String> renameTable() {
    return some(thing -> thing.kind == Kind.TABLE && isAllFree(thing))
        .map(
            table -> {
              String old = table.name;
              Set<Thing> along = dependents(table);
              wrote(table);
              along.forEach(this::wrote);
              table.name = "t" + names++;
              wrote(table);
              along.forEach(this::wrote);
              return "ALTER TABLE %s RENAME TO %s".formatted(old, table.name);
            });
  }

  private Optional<String> dropTable() {
    return some(table ->
            table.kind == Kind.TABLE
                && isAllFree(table)
                && dependents(table).stream().allMatch(thing -> thing.table == table))
        .map(
            table -> {
              drop(table);
              return "DROP TABLE " + table.name;
            });
  }

  private Optional<String> createIndex() {
    return someColumn(column -> isFree(column.table))
        .map(
            column -> {
              String name = name(Kind.INDEX, null, "ix");
              made(Kind.INDEX, column.table, name, "", column);
              boolean isText = column.detail.startsWith("v") || column.detail.equals("text");
              String on =
                  switch (random.nextInt(4)) {
                    case 0 -> "(%s) WHERE id > 0".formatted(column.name);
                    case 1 ->
                        isText ? "(lower(%s))".formatted(column.name) : "(id, " + column.name + ")";
                    default -> "(" + column.name + ")";
                  };
              return "CREATE %sINDEX %s ON %s %s"
                  .formatted(random.nextInt(4) == 0 ? "UNIQUE " : "", name, column.table.name, on);
            });
  }

  private Optional<String> renameIndex() {
    return some(Kind.INDEX)
        .map(
            index -> {
              String old = index.name;
              wrote(index);
              index.name = "ix" + names++;
              wrote(index);
              return "ALTER INDEX %s RENAME TO %s".formatted(old, index.name);
            });
  }

  private Optional<String> addConstraint() {
    if (random.nextInt(4) == 0) {
      Optional<Thing> target = some(thing -> thing.kind == Kind.CONSTRAINT && isKey(thing));
      Optional<Thing> column = someColumn(c -> c.detail.equals("bigint") && isFree(c.table));
      if (target.isEmpty() || column.isEmpty() || !areFree(target.get().uses)) {
        return Optional.empty();
      }
      Thing table = column.get().table;
      String name = name(Kind.CONSTRAINT, table, "k");
      Thing referred = target.get().table;
      made(Kind.CONSTRAINT, table, name, "reference", column.get(), target.get(), referred);
      return Optional.of(
          "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (id)"
              .formatted(table.name, name, column.get().name, referred.name));
    }
    return someColumn(column -> isFree(column.table))
        .map(
            column -> {
              String name = name(Kind.CONSTRAINT, column.table, "k");
              made(Kind.CONSTRAINT, column.table, name, "", column);
              String rule =
                  random.nextBoolean()
                      ? "UNIQUE (%s)".formatted(column.name)
                      : "CHECK (%s IS NOT NULL OR id > %d)"
                          .formatted(column.name, random.nextInt(3));
              return "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(column.table.name, name, rule);
            });
  }

  private static boolean isKey(Thing constraint) {
    return constraint.detail.equals("key");
  }

  private static boolean isOwnRule(Thing thing) {
    return thing.kind == Kind.CONSTRAINT && !thing.detail.equals("reference");
  }

  private Optional<String> createType() {
    String name = name(Kind.TYPE, null, "e");
    made(Kind.TYPE, null, name, "");
    return Optional.of("CREATE TYPE %s AS ENUM ('a', 'b')".formatted(name));
  }

  private Optional<String> addValue() {
    return some(Kind.TYPE)
        .map(
            type -> {
              wrote(type);
              return "ALTER TYPE %s ADD VALUE 'v%d'".formatted(type.name, names++);
            });
  }

  private Optional<String> createSequence() {
    String name = name(Kind.SEQUENCE, null, "s");
    made(Kind.SEQUENCE, null, name, "");
    return Optional.of("CREATE SEQUENCE %s START %d".formatted(name, 1 + random.nextInt(3)));
  }

  private Optional<String> createFunction() {
    String name = name(Kind.FUNCTION, null, "f");
    made(Kind.FUNCTION, null, name, "");
    return Optional.of(function("CREATE", name));
  }

  private String function(String verb, String name) {
    return ("%s FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS "
            + "$$ BEGIN /* %d */ RETURN NEW; END $$")
        .formatted(verb, name, random.nextInt(5));
  }

  private Optional<String> replaceFunction() {
    return some(Kind.FUNCTION)
        .map(
            function -> {
              wrote(function);
              return function("CREATE OR REPLACE", function.name);
            });
  }

  private Optional<String> createTrigger() {
    Optional<Thing> table = some(Kind.TABLE);
    Optional<Thing> function = some(Kind.FUNCTION);
    if (table.isEmpty() || function.isEmpty()) {
      return Optional.empty();
    }
    String name = name(Kind.TRIGGER, table.get(), "g");
    made(Kind.TRIGGER, table.get(), name, "", function.get());
    return Optional.of(
        "CREATE TRIGGER %s BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s()"
            .formatted(name, table.get().name, function.get().name));
  }

  private Optional<String> createView() {
    return someColumn(column -> isFree(column.table))
        .map(
            column -> {
              boolean isMaterialized = random.nextInt(3) == 0;
              String name = name(Kind.VIEW, null, "w");
              made(
                  Kind.VIEW,
                  null,
                  name,
                  isMaterialized ? "materialized" : "",
                  column,
                  column.table);
              return "CREATE %sVIEW %s AS SELECT id, %s AS x FROM %s"
                  .formatted(
                      isMaterialized ? "MATERIALIZED " : "", name, column.name, column.table.name);
            });
  }

  private Optional<String> replaceView() {
    return some(view ->
            view.kind == Kind.VIEW
                && view.detail.isEmpty()
                && areFree(view.uses)
                && dependents(view).isEmpty())
        .map(
            view -> {
              wrote(view);
              Thing column =
                  view.uses.stream().filter(t -> t.kind == Kind.COLUMN).findFirst().orElseThrow();
              return "CREATE OR REPLACE VIEW %s AS SELECT id, %s AS x FROM %s WHERE id > %d"
                  .formatted(view.name, column.name, column.table.name, random.nextInt(5));
            });
  }

  private Optional<String> createPolicy() {
    return some(Kind.TABLE)
        .map(
            table -> {
              String name = name(Kind.POLICY, table, "p");
              made(Kind.POLICY, table, name, "");
              return "CREATE POLICY %s ON %s USING (id > %d)"
                  .formatted(name, table.name, random.nextInt(3));
            });
  }

  private Optional<String> protect() {
    return some(Kind.TABLE)
        .map(
            table -> {
              wrote(table);
              return "ALTER TABLE %s %s ROW LEVEL SECURITY"
                  .formatted(table.name, pick(List.of("ENABLE", "ENABLE", "DISABLE")));
            });
  }

  private Optional<String> dropOther() {
    return some(thing ->
            switch (thing.kind) {
              case INDEX, TYPE, SEQUENCE, VIEW, FUNCTION, TRIGGER, POLICY, CONSTRAINT ->
                  dependents(thing).isEmpty();
              case TABLE, COLUMN -> false;
            })
        .map(
            thing -> {
              drop(thing);
              return switch (thing.kind) {
                case CONSTRAINT ->
                    "ALTER TABLE %s DROP CONSTRAINT %s".formatted(thing.table.name, thing.name);
                case TRIGGER, POLICY ->
                    "DROP %s %s ON %s".formatted(thing.kind, thing.name, thing.table.name);
                case VIEW ->
                    "DROP %s %s"
                        .formatted(
                            thing.detail.isEmpty() ? "VIEW" : "MATERIALIZED VIEW", thing.name);
                case INDEX, TYPE, SEQUENCE, FUNCTION ->
                    "DROP %s %s".formatted(thing.kind, thing.name);
                case TABLE, COLUMN -> throw new IllegalStateException("not dropped here");
              };
            });
  }

  private Optional<String> changeData() {
    return some(Kind.TABLE).map(table -> "DELETE FROM %s WHERE id < 0".formatted(table.name));
  }
}
