package dev.stampguard.scenarios.history;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.scenarios.history.History.Script;
import dev.stampguard.scenarios.history.Scene.Damage;
import dev.stampguard.scenarios.history.Scene.LedgerForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Damages a history in one of the ways that databases are damaged. */
final class SceneGenerator {
  private final Random random;
  private final History history;
  private final Effects effects;

  /**
   * @param effects what each revision does
   */
  SceneGenerator(Random random, History history, Effects effects) {
    this.random = random;
    this.history = history;
    this.effects = effects;
  }

  /** A scene of this kind; empty where the history gives no occasion. */
  Optional<Scene> scene(Damage damage) {
    Set<String> some = someState();
    Set<String> more = new HashSet<>(some);
    more.addAll(someState());
    return switch (damage) {
      case NONE -> Optional.of(scene(damage, some, some));
      case STAMPED_AHEAD ->
          some.equals(more) ? Optional.empty() : Optional.of(scene(damage, more, some));
      case UNRECORDED ->
          some.isEmpty() || some.equals(more)
              ? Optional.empty()
              : Optional.of(scene(damage, some, more));
      case EXTRAS ->
          Optional.of(
              scene(
                  damage,
                  some,
                  steps(some),
                  List.of(
                      "CREATE TABLE mine (id integer PRIMARY KEY)",
                      "CREATE INDEX mine_ix ON mine (id)",
                      "CREATE FUNCTION my_own() RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
                  LedgerForm.ROWS));
      case HOLE -> hole(damage, more);
      case DIED_HALFWAY -> diedHalfway(damage, more);
      case OBJECT_DROPPED -> byHand(damage, more, this::dropSome);
      case OBJECT_ALTERED -> byHand(damage, more, this::alterSome);
      case LEFT_OVER -> leftOver(damage, more);
      case RESET -> reset(damage, more);
      case FROM_MODELS -> fromModels(damage);
      case UNKNOWN_REVISION ->
          Optional.of(scene(damage, some, steps(some), List.of(), LedgerForm.UNKNOWN));
      case LEDGER_LOST ->
          Optional.of(
              scene(
                  damage,
                  more,
                  steps(more),
                  List.of(),
                  random.nextBoolean() ? LedgerForm.EMPTY : LedgerForm.ABSENT));
    };
  }

  private Set<String> someState() {
    List<Set<String>> states = history.states();
    return random.nextInt(4) == 0
        ? new HashSet<>(history.ids())
        : new HashSet<>(states.get(random.nextInt(states.size())));
  }

  private Scene scene(Damage damage, Set<String> recorded, Set<String> applied) {
    return scene(damage, recorded, steps(applied), List.of(), LedgerForm.ROWS);
  }

  private Scene scene(
      Damage damage,
      Set<String> recorded,
      Map<String, Integer> applied,
      List<String> byHand,
      LedgerForm ledger) {
    return new Scene(history, damage, recorded, applied, byHand, ledger);
  }

  private Map<String, Integer> steps(Set<String> revisions) {
    var steps = new HashMap<String, Integer>();
    revisions.forEach(id -> steps.put(id, history.script(id).steps().size()));
    return steps;
  }

  private Optional<Scene> hole(Damage damage, Set<String> recorded) {
    if (recorded.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> applied = steps(recorded);
    applied.remove(pick(sorted(recorded)));
    return Optional.of(scene(damage, recorded, applied, List.of(), LedgerForm.ROWS));
  }

  private Optional<Scene> diedHalfway(Damage damage, Set<String> recorded) {
    List<String> long2 =
        sorted(recorded).stream().filter(id -> history.script(id).steps().size() > 1).toList();
    if (long2.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> applied = steps(recorded);
    applied.computeIfPresent(pick(long2), (id, size) -> 1 + random.nextInt(size - 1));
    return Optional.of(scene(damage, recorded, applied, List.of(), LedgerForm.ROWS));
  }

  private interface Hand {
    Optional<String> on(ObjectName object, Definition definition);
  }

  private Optional<Scene> byHand(Damage damage, Set<String> recorded, Hand hand) {
    Map<ObjectName, Definition> standing = effects.after(recorded);
    List<ObjectName> objects = new ArrayList<>(standing.keySet());
    for (int i = 0; i < 10 && !objects.isEmpty(); i++) {
      ObjectName object = pick(objects);
      Optional<String> sql = hand.on(object, standing.get(object));
      if (sql.isPresent()) {
        return Optional.of(
            scene(damage, recorded, steps(recorded), List.of(sql.get()), LedgerForm.ROWS));
      }
    }
    return Optional.empty();
  }

  private static String table(ObjectName inside) {
    return inside.parts().get(1);
  }

  private Optional<String> dropSome(ObjectName object, Definition definition) {
    return Optional.of(drop(object));
  }

  private static String drop(ObjectName object) {
    String name = object.simpleName();
    return switch (object.kind()) {
      case COLUMN -> "ALTER TABLE %s DROP COLUMN %s".formatted(table(object), name);
      case CONSTRAINT -> "ALTER TABLE %s DROP CONSTRAINT %s".formatted(table(object), name);
      case TRIGGER -> "DROP TRIGGER %s ON %s".formatted(name, table(object));
      case POLICY -> "DROP POLICY %s ON %s".formatted(name, table(object));
      case MATERIALIZED_VIEW -> "DROP MATERIALIZED VIEW " + name;
      case FUNCTION -> "DROP FUNCTION %s()".formatted(name);
      case SCHEMA, EXTENSION, TYPE, SEQUENCE, TABLE, INDEX, VIEW ->
          "DROP %s %s".formatted(object.kind(), name);
    };
  }

  private Optional<String> alterSome(ObjectName object, Definition definition) {
    String name = object.simpleName();
    return switch (object.kind()) {
      case COLUMN ->
          definition.text().contains("IDENTITY") || definition.text().contains(" owns ")
              ? Optional.empty()
              : Optional.of(
                  random.nextBoolean()
                      ? "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT NULL::%s"
                          .formatted(
                              table(object),
                              name,
                              definition
                                      .text()
                                      .startsWith(Identifiers.quote(history.schema()) + ".")
                                  ? "text"
                                  : "integer")
                      : "ALTER TABLE %s ALTER COLUMN %s TYPE char(7)"
                          .formatted(table(object), name));
      case CONSTRAINT ->
          definition.text().startsWith("CHECK")
              ? Optional.of(
                  "ALTER TABLE %1$s DROP CONSTRAINT %2$s, ADD CONSTRAINT %2$s CHECK (id > 77)"
                      .formatted(table(object), name))
              : Optional.empty();
      case TYPE -> Optional.of("ALTER TYPE %s ADD VALUE 'strange'".formatted(name));
      case SEQUENCE -> Optional.of("ALTER SEQUENCE %s INCREMENT 7".formatted(name));
      case TABLE -> Optional.of("ALTER TABLE %s FORCE ROW LEVEL SECURITY".formatted(name));
      case FUNCTION ->
          Optional.of(
              "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
                  .formatted(name));
      case TRIGGER ->
          Optional.of("ALTER TABLE %s DISABLE TRIGGER %s".formatted(table(object), name));
      case POLICY ->
          Optional.of("ALTER POLICY %s ON %s USING (id > 77)".formatted(name, table(object)));
      case VIEW -> Optional.of("ALTER VIEW %s SET (security_barrier = true)".formatted(name));
      case INDEX ->
          Optional.of(
              "DROP INDEX %1$s; CREATE INDEX %1$s ON %2$s (id DESC)"
                  .formatted(name, effects.relation(object)));
      case SCHEMA, EXTENSION, MATERIALIZED_VIEW -> Optional.empty();
    };
  }

  /** One of the things that a revision drops is there again: the step that drops it is undone. */
  private Optional<Scene> leftOver(Damage damage, Set<String> recorded) {
    for (String id : sorted(recorded)) {
      List<String> steps = history.script(id).steps();
      if (steps.size() == 1 && steps.getFirst().contains("DROP ")) {
        Map<String, Integer> applied = steps(recorded);
        applied.remove(id);
        return Optional.of(scene(damage, recorded, applied, List.of(), LedgerForm.ROWS));
      }
    }
    return Optional.empty();
  }

  private Optional<Scene> reset(Damage damage, Set<String> recorded) {
    List<String> drops =
        effects.after(recorded).keySet().stream()
            .filter(object -> object.kind() == ObjectKind.TABLE)
            .map(object -> "DROP TABLE %s CASCADE".formatted(object.simpleName()))
            .toList();
    return drops.isEmpty()
        ? Optional.empty()
        : Optional.of(scene(damage, recorded, steps(recorded), drops, LedgerForm.ROWS));
  }

  /** Everything that models know is there, and nothing else. */
  private Optional<Scene> fromModels(Damage damage) {
    var all = new HashSet<>(history.ids());
    var drops = new ArrayList<String>();
    Map<ObjectName, Definition> standing = effects.after(all);
    for (ObjectKind kind :
        List.of(
            ObjectKind.TRIGGER,
            ObjectKind.POLICY,
            ObjectKind.VIEW,
            ObjectKind.MATERIALIZED_VIEW,
            ObjectKind.FUNCTION,
            ObjectKind.SEQUENCE,
            ObjectKind.INDEX)) {
      standing.forEach(
          (object, definition) -> {
            if (object.kind() == kind
                && (kind != ObjectKind.INDEX
                    || definition.text().contains("WHERE")
                    || definition.text().contains("lower("))) {
              drops.add(drop(object));
            }
          });
    }
    return drops.size() < 2
        ? Optional.empty()
        : Optional.of(scene(damage, all, steps(all), drops, LedgerForm.ROWS));
  }

  private List<String> sorted(Set<String> ids) {
    return history.scripts().stream().map(Script::id).filter(ids::contains).toList();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
