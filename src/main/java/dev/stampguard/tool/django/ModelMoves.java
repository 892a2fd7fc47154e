package dev.stampguard.tool.django;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.django.FieldInfo.Kind;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import dev.stampguard.tool.django.ModelState.Model;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.Optional;

/** Operations that give models and their tables other names. */
final class ModelMoves {
  private final Work work;

  ModelMoves(Work work) {
    this.work = work;
  }

  void renameModel(Expression.Call call) {
    Optional<ModelKey> from = work.model(call, "old_name");
    Optional<String> name = work.text(call, 1, "new_name");
    if (from.isEmpty() || name.isEmpty()) {
      return;
    }
    ModelKey to = ModelState.key(work.app, name.get());
    Model model = work.state.remove(from.get()).orElseThrow();
    work.state.put(to, model);
    int line = call.line();
    String table = model.hasOwnTable ? model.table : ModelState.usualTable(to);
    move(line, model, table);
    work.state
        .all()
        .forEach(
            (owner, other) ->
                other.fields.replaceAll(
                    (field, info) ->
                        info.target().filter(from.get()::equals).isPresent()
                            ? repointed(line, owner, other, field, info, from.get(), to)
                            : info));
    model.fields.forEach(
        (field, info) -> {
          if (info.kind() == Kind.TABLE && !info.target().orElseThrow().equals(to)) {
            ModelKey target = info.target().orElseThrow();
            String joining = ModelTables.joinTable(model, field, info);
            work.renameColumn(
                line,
                joining,
                ModelTables.fromColumn(from.get(), target),
                ModelTables.fromColumn(to, target));
            work.renew(
                line,
                joining,
                model,
                field + Work.FROM,
                work.tables.joinKey(to, model, field, info, true));
          }
        });
  }

  /** A field that points at a model which has another name now. */
  private FieldInfo repointed(
      int line,
      ModelKey owner,
      Model model,
      String name,
      FieldInfo info,
      ModelKey from,
      ModelKey to) {
    FieldInfo now = info.pointingAt(to);
    if (!model.isManaged) {
      return now;
    }
    if (info.kind() == Kind.COLUMN) {
      work.renew(line, model.table, model, name, work.tables.foreignKey(model.table, now));
    } else if (info.kind() == Kind.TABLE) {
      ModelKey before = owner.equals(to) ? from : owner;
      String joining = ModelTables.joinTable(model, name, now);
      work.renameColumn(
          line, joining, ModelTables.fromColumn(before, from), ModelTables.fromColumn(owner, to));
      work.renameColumn(
          line, joining, ModelTables.toColumn(before, from), ModelTables.toColumn(owner, to));
      work.renew(
          line,
          joining,
          model,
          name + Work.FROM,
          work.tables.joinKey(owner, model, name, now, true));
      work.renew(
          line,
          joining,
          model,
          name + Work.TO,
          work.tables.joinKey(owner, model, name, now, false));
    }
    return now;
  }

  void alterTable(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "name");
    if (key.isEmpty()) {
      return;
    }
    Optional<String> table = work.text(call, 1, "table");
    Model model = work.state.find(key.get()).orElseThrow();
    model.hasOwnTable = table.isPresent();
    move(call.line(), model, table.orElseGet(() -> ModelState.usualTable(key.get())));
  }

  /** A table goes, and with it the joining tables that are named after it. */
  private void move(int line, Model model, String table) {
    var joins = new ArrayList<SchemaOperation>();
    String before = model.table;
    model.fields.forEach(
        (name, field) -> {
          if (field.kind() == Kind.TABLE) {
            String old = ModelTables.joinTable(model, name, field);
            String now = field.table().orElseGet(() -> DjangoNames.table(table + "_" + name));
            Work.rename(line, old, now).ifPresent(joins::add);
          }
        });
    model.table = table;
    if (model.isManaged) {
      Work.rename(line, before, table).ifPresent(work.done::add);
      work.done.addAll(joins);
    }
  }
}
