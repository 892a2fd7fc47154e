package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.Definition.Canonical;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import java.util.List;

/**
 * How much of the definitions in a lock file no longer counts once a revision has run that the lock
 * does not know, in rising order.
 */
enum Looseness {
  /** It made new objects: nothing else looks otherwise for that. */
  NONE,
  /**
   * It added or took away columns: PostgreSQL may print a query over the same table anew, with
   * other aliases.
   */
  QUERIES,
  /** It may have changed any definition, by name or by what depends on what it changed. */
  ALL;

  /**
   * What a script does to the definitions of objects it did not make. Every operation has to be
   * accounted for by an effect: what was dropped and made again, or made although it was there,
   * leaves none and looks otherwise all the same.
   *
   * @param operations what the script does
   * @param expected its effects
   */
  static Looseness of(List<SchemaOperation> operations, RevisionExpectation expected) {
    return expected.exact()
        ? operations.stream()
            .map(operation -> of(operation, expected.effects()))
            .reduce(NONE, Looseness::or)
        : ALL;
  }

  private static Looseness of(SchemaOperation operation, List<Effect> effects) {
    return switch (operation) {
      case SchemaOperation.CreateTable o -> NONE;
      case SchemaOperation.CreateIndex o -> NONE;
      // Makes its columns NOT NULL.
      case SchemaOperation.AddConstraint add ->
          add.constraint().kind() == ConstraintKind.PRIMARY_KEY ? ALL : NONE;
      case SchemaOperation.CreateObject create -> isMade(create.object(), effects) ? NONE : ALL;
      case SchemaOperation.CreateInside create -> isMade(create.object(), effects) ? NONE : ALL;
      case SchemaOperation.AddColumn add ->
          isMade(ObjectName.inside(ObjectKind.COLUMN, add.table(), add.column()), effects)
              ? QUERIES
              : ALL;
      case SchemaOperation.Drop drop -> of(drop, effects);
      case SchemaOperation.RenameRelation o -> ALL;
      case SchemaOperation.RenameColumn o -> ALL;
      case SchemaOperation.RenameObject o -> ALL;
      case SchemaOperation.AlterTable o -> ALL;
      case SchemaOperation.Redefine o -> ALL;
      case SchemaOperation.SetSearchPath o -> ALL;
      case SchemaOperation.Conditional o -> ALL;
      case SchemaOperation.Unreadable o -> ALL;
    };
  }

  /** Without CASCADE nothing that stays depends on what goes. */
  private static Looseness of(SchemaOperation.Drop drop, List<Effect> effects) {
    boolean isGone =
        effects.stream()
            .anyMatch(
                effect -> effect.after().isEmpty() && isNamed(effect.object(), drop.object()));
    if (drop.cascade() || !isGone) {
      return ALL;
    }
    return drop.object().kind() == ObjectKind.COLUMN ? QUERIES : NONE;
  }

  private static boolean isMade(ObjectName object, List<Effect> effects) {
    return effects.stream()
        .anyMatch(effect -> effect.before().isEmpty() && isNamed(effect.object(), object));
  }

  /** Whether an object is the one a script names, which may leave its schema to the search path. */
  private static boolean isNamed(ObjectName object, ObjectName inScript) {
    int schema = inScript.parts().size() > 1 ? 1 : 0;
    return object.kind() == inScript.kind()
        && object.arguments().equals(inScript.arguments())
        && object
            .parts()
            .subList(schema, object.parts().size())
            .equals(inScript.parts().subList(schema, inScript.parts().size()));
  }

  Looseness or(Looseness other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The effect as far as it still counts. */
  Effect apply(Effect effect) {
    return this == NONE
        ? effect
        : new Effect(
            effect.object(),
            effect.relation(),
            effect.before().map(definition -> apply(effect.object(), definition)),
            effect.after().map(definition -> apply(effect.object(), definition)));
  }

  private Definition apply(ObjectName object, Definition definition) {
    return switch (this) {
      case NONE -> definition;
      case QUERIES ->
          object.kind() == ObjectKind.POLICY ? Definition.EXISTS : withoutBody(definition);
      case ALL -> Definition.EXISTS;
    };
  }

  private static Definition withoutBody(Definition definition) {
    return switch (definition) {
      case Definition.Existence e -> e;
      case Canonical(String text, var body) -> body.isEmpty() ? definition : new Canonical(text);
    };
  }
}
