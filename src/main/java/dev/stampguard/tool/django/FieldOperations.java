package dev.stampguard.tool.django;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.django.FieldInfo.Kind;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import dev.stampguard.tool.django.ModelState.Model;
import dev.stampguard.tool.python.Expression;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operations on fields of models. */
final class FieldOperations {
  private final Work work;

  FieldOperations(Work work) {
    this.work = work;
  }

  void addField(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "model_name");
    Optional<String> name = work.text(call, 1, "name");
    Optional<Expression> declaration = work.literals.argument(call, 2, "field");
    if (key.isEmpty() || name.isEmpty() || declaration.isEmpty()) {
      return;
    }
    Model model = work.state.find(key.get()).orElseThrow();
    FieldInfo field = work.fields(key.get()).read(name.get(), declaration.get());
    model.fields.put(name.get(), field);
    if (model.isManaged) {
      add(call.line(), key.get(), model, name.get(), field);
    }
  }

  void removeField(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "model_name");
    Optional<String> name = work.text(call, 1, "name");
    if (key.isEmpty() || name.isEmpty()) {
      return;
    }
    Model model = work.state.find(key.get()).orElseThrow();
    FieldInfo field = model.fields.remove(name.get());
    if (field == null || !model.isManaged) {
      return;
    }
    remove(call.line(), model, name.get(), field);
  }

  void remove(int line, Model model, String name, FieldInfo field) {
    switch (field.kind()) {
      case COLUMN -> work.drop(line, Work.inside(ObjectKind.COLUMN, model, field.column()), false);
      case TABLE -> work.dropTable(line, ModelTables.joinTable(model, name, field));
      case NOTHING -> {
        // Its table is a model's own.
      }
      case UNKNOWN -> work.unread(line, "what the field `%s` was is not known".formatted(name));
    }
  }

  void alterField(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "model_name");
    Optional<String> name = work.text(call, 1, "name");
    Optional<Expression> declaration = work.literals.argument(call, 2, "field");
    if (key.isEmpty() || name.isEmpty() || declaration.isEmpty()) {
      return;
    }
    Model model = work.state.find(key.get()).orElseThrow();
    FieldInfo now = work.fields(key.get()).read(name.get(), declaration.get());
    FieldInfo before = model.fields.put(name.get(), now);
    if (before == null || !model.isManaged) {
      return;
    }
    int line = call.line();
    if (before.kind() != Kind.COLUMN || now.kind() != Kind.COLUMN) {
      if (before.kind() == Kind.UNKNOWN || now.kind() == Kind.UNKNOWN) {
        work.remark(line, name.get(), now);
        work.done.add(new SchemaOperation.AlterTable(line, ModelTables.table(model.table)));
      } else if (before.kind() != now.kind()) {
        work.unread(line, "the field `%s` becomes one of another kind".formatted(name.get()));
      }
      return;
    }
    if (!before.column().equals(now.column())) {
      work.done.add(
          new SchemaOperation.RenameColumn(
              line, ModelTables.table(model.table), before.column(), now.column()));
    } else {
      work.done.add(new SchemaOperation.AlterTable(line, ModelTables.table(model.table)));
    }
    changeParts(line, model, name.get(), before, now);
  }

  /** What was declared with a column and is not any more goes; what is new comes. */
  private void changeParts(int line, Model model, String name, FieldInfo before, FieldInfo now) {
    String table = model.table;
    if (before.isUnique() && !now.isUnique()) {
      work.drop(
          line,
          Work.inside(ObjectKind.CONSTRAINT, model, table + "_" + before.column() + "_key"),
          true);
    } else if (!before.isUnique() && now.isUnique()) {
      constraint(line, model, ConstraintKind.UNIQUE, now.column(), "_uniq");
    }
    if (before.isChecked() && !now.isChecked()) {
      work.drop(
          line,
          Work.inside(ObjectKind.CONSTRAINT, model, table + "_" + before.column() + "_check"),
          true);
    } else if (!before.isChecked() && now.isChecked()) {
      constraint(line, model, ConstraintKind.CHECK, now.column(), "_check");
    }
    Optional<NewConstraint> newKey = work.tables.foreignKey(table, now);
    if (!work.tables.foreignKey(table, before).equals(newKey)) {
      work.renew(line, table, model, name, newKey);
    }
    Set<NewIndex> old = new HashSet<>(work.tables.indexes(table, before));
    List<NewIndex> wanted = work.tables.indexes(table, now);
    old.stream()
        .filter(index -> !wanted.contains(index))
        .forEach(index -> work.drop(line, indexName(index), true));
    wanted.stream()
        .filter(index -> !old.contains(index))
        .forEach(index -> work.createIndex(line, model, index));
  }

  private static ObjectName indexName(NewIndex index) {
    return ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, index.name().orElseThrow());
  }

  private void constraint(
      int line, Model model, ConstraintKind kind, String column, String suffix) {
    List<String> columns = List.of(column);
    work.done.add(
        new SchemaOperation.AddConstraint(
            line,
            ModelTables.table(model.table),
            ModelTables.constraint(
                kind, Optional.of(DjangoNames.index(model.table, columns, suffix)), columns)));
  }

  void renameField(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "model_name");
    Optional<String> from = work.text(call, 1, "old_name");
    Optional<String> to = work.text(call, 2, "new_name");
    if (key.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return;
    }
    Model model = work.state.find(key.get()).orElseThrow();
    FieldInfo before = model.fields.remove(from.get());
    if (before == null) {
      work.unread(call.line(), "nothing before it makes the field `%s`".formatted(from.get()));
      return;
    }
    FieldInfo now = before.renamed(to.get());
    model.fields.put(to.get(), now);
    if (!model.isManaged) {
      return;
    }
    if (before.kind() == Kind.TABLE) {
      Work.rename(
              call.line(),
              ModelTables.joinTable(model, from.get(), before),
              ModelTables.joinTable(model, to.get(), now))
          .ifPresent(work.done::add);
    } else if (before.kind() == Kind.COLUMN && !before.column().equals(now.column())) {
      work.done.add(
          new SchemaOperation.RenameColumn(
              call.line(), ModelTables.table(model.table), before.column(), now.column()));
      String named = model.keys.remove(from.get());
      if (named != null) {
        model.keys.put(to.get(), named);
        work.renew(
            call.line(), model.table, model, to.get(), work.tables.foreignKey(model.table, now));
      }
    }
    for (String side : List.of(Work.FROM, Work.TO)) {
      String named = model.keys.remove(from.get() + side);
      if (named != null) {
        model.keys.put(to.get() + side, named);
      }
    }
  }

  void add(int line, ModelKey key, Model model, String name, FieldInfo field) {
    switch (field.kind()) {
      case COLUMN -> {
        work.done.add(
            new SchemaOperation.AddColumn(
                line, ModelTables.table(model.table), field.column(), false));
        work.tables
            .constraints(model.table, field)
            .forEach(
                constraint ->
                    work.done.add(
                        new SchemaOperation.AddConstraint(
                            line, ModelTables.table(model.table), constraint)));
        work.tables
            .indexes(model.table, field)
            .forEach(index -> work.createIndex(line, model, index));
        work.remember(key, model, name, field);
      }
      case TABLE -> {
        work.done.add(work.tables.join(line, key, model, name, field));
        work.remember(key, model, name, field);
      }
      case NOTHING, UNKNOWN -> {
        // What there is to say of it is said below.
      }
    }
    work.remark(line, name, field);
  }
}
