package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One thing a random script does: what the scripts say of it and what it does to a schema.
 *
 * @param operation as a reader of the script has it
 * @param mentions the names it has in it
 * @param takesAway whether it drops or renames
 * @param run carries it out; false when PostgreSQL would refuse
 */
record Step(
    SchemaOperation operation, List<String> mentions, boolean takesAway, Predicate<Schema> run) {
  private static final List<String> TABLES = List.of("users", "orders", "items", "notes", "tags");
  private static final List<String> COLUMNS = List.of("id", "name", "state", "size");
  private static final List<String> TYPES = List.of("integer", "bigint", "text");

  private static QualifiedName table(String name) {
    return new QualifiedName(SchemaOperation.SEARCH_PATH, name);
  }

  private static ObjectName object(ObjectKind kind, String name) {
    return ObjectName.of(kind, SchemaOperation.SEARCH_PATH, name);
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** A step that works on this schema; the schema is not changed. */
  static Step random(Random random, Schema schema) {
    String table = some(random, schema.tables(), TABLES);
    String column = some(random, schema.columns(table), COLUMNS);
    String type = pick(random, TYPES);
    String fresh = pick(random, TABLES) + random.nextInt(3);
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> {
        var columns = new ArrayList<>(COLUMNS.subList(0, 1 + random.nextInt(3)));
        var create =
            new SchemaOperation.CreateTable(1, table(fresh), false, columns, List.of(), List.of());
        yield new Step(create, List.of(fresh), false, s -> s.createTable(fresh, columns, type));
      }
      case 3, 4 -> {
        String added = pick(random, COLUMNS);
        var add = new SchemaOperation.AddColumn(1, table(table), added, false);
        yield new Step(
            add, List.of(table, added), false, s -> s.setColumn(table, added, type, true));
      }
      case 5 -> {
        var alter = new SchemaOperation.AlterTable(1, table(table));
        yield new Step(
            alter, List.of(table, column), false, s -> s.setColumn(table, column, type, false));
      }
      case 6 -> {
        var drop =
            new SchemaOperation.Drop(
                1, ObjectName.inside(ObjectKind.COLUMN, table(table), column), false, false);
        yield new Step(drop, List.of(table, column), true, s -> s.dropColumn(table, column));
      }
      case 7 -> {
        String to = pick(random, COLUMNS);
        var rename = new SchemaOperation.RenameColumn(1, table(table), column, to);
        yield new Step(
            rename, List.of(table, column, to), true, s -> s.renameColumn(table, column, to));
      }
      case 8 -> {
        var drop = new SchemaOperation.Drop(1, object(ObjectKind.TABLE, table), false, false);
        yield new Step(drop, List.of(table), true, s -> s.dropTable(table));
      }
      case 9 -> {
        var rename =
            new SchemaOperation.RenameRelation(
                1, object(ObjectKind.TABLE, table), object(ObjectKind.TABLE, fresh));
        yield new Step(rename, List.of(table, fresh), true, s -> s.renameTable(table, fresh));
      }
      case 10 -> {
        String index = "ix_" + fresh;
        var definition =
            new SchemaOperation.NewIndex(Optional.of(index), List.of(column), Set.of());
        var create = new SchemaOperation.CreateIndex(1, table(table), definition, false);
        yield new Step(
            create, List.of(index, table, column), false, s -> s.createIndex(index, table, column));
      }
      case 11 -> {
        String index = some(random, schema.indexes(), List.of("ix_none"));
        var drop = new SchemaOperation.Drop(1, object(ObjectKind.INDEX, index), false, false);
        yield new Step(drop, List.of(index), true, s -> s.dropIndex(index));
      }
      case 12 -> view(random, schema, table, column);
      case 13 -> {
        String label = some(random, schema.enums(), List.of("mood"));
        boolean isNew = !schema.enums().contains(label) || random.nextInt(4) == 0;
        String name = isNew ? "mood" + random.nextInt(3) : label;
        SchemaOperation operation =
            isNew
                ? new SchemaOperation.CreateObject(1, object(ObjectKind.TYPE, name), false)
                : new SchemaOperation.Redefine(1);
        yield new Step(operation, List.of(name), false, s -> s.addLabel(name, isNew));
      }
      default -> throw new IllegalStateException();
    };
  }

  private static Step view(Random random, Schema schema, String table, String column) {
    if (!schema.views().isEmpty() && random.nextInt(3) == 0) {
      String view = pick(random, List.copyOf(schema.views()));
      var drop = new SchemaOperation.Drop(1, object(ObjectKind.VIEW, view), false, false);
      return new Step(drop, List.of(view), true, s -> s.dropView(view));
    }
    String view = "v_" + random.nextInt(4);
    String edition = "e" + random.nextInt(5);
    var create = new SchemaOperation.CreateObject(1, object(ObjectKind.VIEW, view), true);
    return new Step(
        create, List.of(view, table, column), false, s -> s.putView(view, table, column, edition));
  }

  private static String some(Random random, Set<String> there, List<String> otherwise) {
    return pick(random, there.isEmpty() ? otherwise : List.copyOf(there));
  }

  @Override
  public String toString() {
    return operation.getClass().getSimpleName() + mentions;
  }
}
