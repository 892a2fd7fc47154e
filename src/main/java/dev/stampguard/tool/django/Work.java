package dev.stampguard.tool.django;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.django.FieldInfo.Kind;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import dev.stampguard.tool.django.ModelState.Model;
import dev.stampguard.tool.django.ModelState.Part;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operations of one migration share: what its expressions say, the models as they are by
 * now, and what was read so far.
 */
final class Work {
  /** Mark the two foreign keys of a joining table. */
  static final String FROM = ">from";

  static final String TO = ">to";

  final Literals literals;
  final String app;
  final String userModel;
  final ModelState state;
  final ModelTables tables;
  final List<SchemaOperation> done = new ArrayList<>();

  Work(Literals literals, String app, String userModel, ModelState state) {
    this.literals = literals;
    this.app = app;
    this.userModel = userModel;
    this.state = state;
    this.tables = new ModelTables(state);
  }

  /** The same apart, on models of its own. */
  Work apart() {
    return new Work(literals, app, userModel, state.copy());
  }

  /** The same models, and nothing that is done to the database. */
  Work inStateOnly() {
    return new Work(literals, app, userModel, state);
  }

  void unread(int line, String reason) {
    done.add(new SchemaOperation.Unreadable(line, reason, Set.of()));
  }

  Optional<String> text(Expression.Call call, int position, String keyword) {
    return literals.argument(call, position, keyword).flatMap(literals::text);
  }

  FieldReader fields(ModelKey model) {
    return new FieldReader(literals, app, model.name(), userModel);
  }

  /** The model that an operation is about, where it has a table of its own to change. */
  Optional<ModelKey> model(Expression.Call call, String keyword) {
    Optional<String> name = text(call, 0, keyword);
    if (name.isEmpty()) {
      unread(call.line(), "its model is known only when it runs");
      return Optional.empty();
    }
    ModelKey key = ModelState.key(app, name.get());
    if (state.find(key).isEmpty()) {
      unread(call.line(), "nothing before it makes the model `%s`".formatted(name.get()));
      return Optional.empty();
    }
    return Optional.of(key);
  }

  void remember(ModelKey key, Model model, String name, FieldInfo field) {
    if (field.kind() == Kind.COLUMN) {
      remember(model, name, tables.foreignKey(model.table, field));
    } else {
      remember(model, name + FROM, tables.joinKey(key, model, name, field, true));
      remember(model, name + TO, tables.joinKey(key, model, name, field, false));
    }
  }

  static void remember(Model model, String tag, Optional<NewConstraint> key) {
    key.flatMap(NewConstraint::name).ifPresent(name -> model.keys.put(tag, name));
  }

  /** Django makes a foreign key anew when its column or what it points at gets another name. */
  void renew(int line, String table, Model model, String tag, Optional<NewConstraint> next) {
    String before = model.keys.remove(tag);
    if (before != null) {
      done.add(
          new SchemaOperation.Drop(
              line,
              ObjectName.inside(ObjectKind.CONSTRAINT, ModelTables.table(table), before),
              true,
              false));
    }
    next.ifPresent(
        key -> done.add(new SchemaOperation.AddConstraint(line, ModelTables.table(table), key)));
    remember(model, tag, next);
  }

  /** Says what is not known of a field. */
  void remark(int line, String name, FieldInfo field) {
    if (field.kind() == Kind.UNKNOWN) {
      unread(line, "the field `%s` is of a class that is not Django's own".formatted(name));
    } else if (field.kind() != Kind.NOTHING && tables.isUnnamed(field)) {
      unread(line, "what the field `%s` points at is not in this project".formatted(name));
    }
  }

  void drop(int line, ObjectName object, boolean ifExists) {
    done.add(new SchemaOperation.Drop(line, object, ifExists, true));
  }

  void dropTable(int line, String table) {
    drop(line, ObjectName.of(ObjectKind.TABLE, ModelTables.table(table)), false);
  }

  void renameColumn(int line, String table, String from, String to) {
    if (!from.equals(to)) {
      done.add(new SchemaOperation.RenameColumn(line, ModelTables.table(table), from, to));
    }
  }

  static Optional<SchemaOperation> rename(int line, String from, String to) {
    return from.equals(to)
        ? Optional.empty()
        : Optional.of(
            new SchemaOperation.RenameRelation(
                line,
                ObjectName.of(ObjectKind.TABLE, ModelTables.table(from)),
                ObjectName.of(ObjectKind.TABLE, ModelTables.table(to))));
  }

  void createIndex(int line, Model model, NewIndex index) {
    done.add(new SchemaOperation.CreateIndex(line, ModelTables.table(model.table), index, false));
  }

  static ObjectName inside(ObjectKind kind, Model model, String name) {
    return ObjectName.inside(kind, ModelTables.table(model.table), name);
  }

  static ObjectName object(Model model, Part part) {
    return part.kind() == ObjectKind.INDEX
        ? ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, part.name())
        : inside(ObjectKind.CONSTRAINT, model, part.name());
  }
}
