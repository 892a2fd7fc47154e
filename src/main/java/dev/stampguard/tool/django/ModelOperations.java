package dev.stampguard.tool.django;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.django.FieldInfo.Kind;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import dev.stampguard.tool.django.ModelState.Model;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operations that make models, and take them away. */
final class ModelOperations {
  private static final String ORDERED = "order_with_respect_to";

  /** The field that Django adds for {@link #ORDERED}, and its column. */
  private static final String ORDER = "_order";

  private final Work work;
  private final FieldOperations fieldOperations;
  private final PartOperations partOperations;

  ModelOperations(Work work, FieldOperations fieldOperations, PartOperations partOperations) {
    this.work = work;
    this.fieldOperations = fieldOperations;
    this.partOperations = partOperations;
  }

  void createModel(Expression.Call call) {
    int line = call.line();
    Optional<String> name = work.text(call, 0, "name");
    Optional<List<Expression>> declared =
        work.literals.argument(call, 1, "fields").flatMap(work.literals::items);
    if (name.isEmpty() || declared.isEmpty()) {
      work.unread(line, "its model is known only when it runs");
      return;
    }
    ModelKey key = ModelState.key(work.app, name.get());
    Map<String, Expression> options =
        work.literals
            .argument(call, 2, "options")
            .flatMap(work.literals::dictionary)
            .orElse(Map.of());
    Optional<String> named =
        Optional.ofNullable(options.get("db_table")).flatMap(work.literals::text);
    boolean isManaged =
        work.literals.flag(options, "managed", true)
            && !work.literals.flag(options, "proxy", false)
            && !isSwappedOut(key, options);
    var model =
        new Model(named.orElseGet(() -> ModelState.usualTable(key)), named.isPresent(), isManaged);
    work.state.put(key, model);
    for (Expression field : declared.get()) {
      Optional<List<Expression>> pair =
          work.literals.items(field).filter(items -> items.size() == 2);
      Optional<String> fieldName = pair.flatMap(items -> work.literals.text(items.get(0)));
      if (fieldName.isEmpty()) {
        work.unread(field.line(), "a field is known only when it runs");
        continue;
      }
      model.fields.put(
          fieldName.get(), work.fields(key).read(fieldName.get(), pair.orElseThrow().get(1)));
    }
    if (isOrdered(options.get(ORDERED))) {
      model.fields.put(ORDER, FieldInfo.plain(ORDER));
    }
    if (isManaged) {
      createTable(line, key, model);
      partOperations.together(line, model, "unique_together", options.get("unique_together"));
      partOperations.together(line, model, "index_together", options.get("index_together"));
      for (String kind : List.of("indexes", "constraints")) {
        Optional.ofNullable(options.get(kind))
            .flatMap(work.literals::items)
            .ifPresent(parts -> parts.forEach(part -> partOperations.addPart(line, model, part)));
      }
    }
  }

  /** Whether the settings name another model for what this one would be: then it has no table. */
  private boolean isSwappedOut(ModelKey key, Map<String, Expression> options) {
    return Optional.ofNullable(options.get("swappable"))
        .flatMap(work.literals::text)
        .filter("AUTH_USER_MODEL"::equals)
        .filter(setting -> !work.userModel.equalsIgnoreCase(key.app() + "." + key.name()))
        .isPresent();
  }

  private boolean isOrdered(Expression by) {
    return by != null && !(work.literals.resolve(by) instanceof Expression.None);
  }

  /** A model whose rows have an order below those of another has a column for it. */
  void order(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "name");
    if (key.isEmpty()) {
      return;
    }
    Model model = work.state.find(key.get()).orElseThrow();
    boolean isWanted = isOrdered(work.literals.argument(call, 1, ORDERED).orElse(null));
    FieldInfo before = model.fields.get(ORDER);
    if (isWanted && before == null) {
      FieldInfo field = FieldInfo.plain(ORDER);
      model.fields.put(ORDER, field);
      if (model.isManaged) {
        fieldOperations.add(call.line(), key.get(), model, ORDER, field);
      }
    } else if (!isWanted && before != null) {
      model.fields.remove(ORDER);
      if (model.isManaged) {
        fieldOperations.remove(call.line(), model, ORDER, before);
      }
    }
  }

  private void createTable(int line, ModelKey key, Model model) {
    var columns = new ArrayList<String>();
    var constraints = new ArrayList<NewConstraint>();
    var indexes = new ArrayList<NewIndex>();
    var joins = new ArrayList<SchemaOperation>();
    model.fields.forEach(
        (name, field) -> {
          switch (field.kind()) {
            case COLUMN -> {
              columns.add(field.column());
              constraints.addAll(work.tables.constraints(model.table, field));
              indexes.addAll(work.tables.indexes(model.table, field));
              work.remember(key, model, name, field);
            }
            case TABLE -> {
              joins.add(work.tables.join(line, key, model, name, field));
              work.remember(key, model, name, field);
            }
            case NOTHING, UNKNOWN -> {
              // What there is to say of it is said below.
            }
          }
        });
    work.done.add(
        new SchemaOperation.CreateTable(
            line, ModelTables.table(model.table), false, columns, constraints, indexes));
    work.done.addAll(joins);
    model.fields.forEach((name, field) -> work.remark(line, name, field));
  }

  void deleteModel(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "name");
    if (key.isEmpty()) {
      return;
    }
    Model model = work.state.remove(key.get()).orElseThrow();
    if (!model.isManaged) {
      return;
    }
    model.fields.forEach(
        (name, field) -> {
          if (field.kind() == Kind.TABLE) {
            work.dropTable(call.line(), ModelTables.joinTable(model, name, field));
          }
        });
    work.dropTable(call.line(), model.table);
  }
}
