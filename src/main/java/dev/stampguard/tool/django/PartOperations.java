package dev.stampguard.tool.django;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import dev.stampguard.tool.django.ModelState.Model;
import dev.stampguard.tool.django.ModelState.Part;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Operations on indexes and constraints. */
final class PartOperations {
  private final Work work;

  PartOperations(Work work) {
    this.work = work;
  }

  void addPart(int line, Model model, Expression expression) {
    if (!model.isManaged) {
      return;
    }
    String type = work.literals.called(expression);
    Optional<String> name =
        work.literals.resolve(expression) instanceof Expression.Call call
            ? Optional.ofNullable(call.keywords().get("name")).flatMap(work.literals::text)
            : Optional.empty();
    if (name.isEmpty()) {
      work.unread(line, "the name of an index or constraint is known only when it runs");
      return;
    }
    Map<String, Expression> keywords =
        ((Expression.Call) work.literals.resolve(expression)).keywords();
    List<String> columns =
        Optional.ofNullable(keywords.get("fields"))
            .flatMap(work.literals::texts)
            .orElse(List.of())
            .stream()
            .map(field -> model.column(field.startsWith("-") ? field.substring(1) : field))
            .toList();
    ConstraintKind kind =
        switch (type) {
          case "UniqueConstraint" ->
              keywords.keySet().stream()
                          .anyMatch(Set.of("condition", "include", "opclasses")::contains)
                      || columns.isEmpty()
                  ? null
                  : ConstraintKind.UNIQUE;
          case "CheckConstraint" -> ConstraintKind.CHECK;
          case "ExclusionConstraint" -> ConstraintKind.EXCLUSION;
          default -> null;
        };
    if (kind == null) {
      model.parts.put(name.get(), new Part(ObjectKind.INDEX, name.get()));
      work.createIndex(line, model, new NewIndex(name, columns, Set.of()));
    } else {
      model.parts.put(name.get(), new Part(ObjectKind.CONSTRAINT, name.get()));
      work.done.add(
          new SchemaOperation.AddConstraint(
              line, ModelTables.table(model.table), ModelTables.constraint(kind, name, columns)));
    }
  }

  void removePart(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "model_name");
    Optional<String> name = work.text(call, 1, "name");
    if (key.isEmpty() || name.isEmpty()) {
      return;
    }
    Model model = work.state.find(key.get()).orElseThrow();
    Part part = model.parts.remove(name.get());
    if (part == null) {
      work.unread(call.line(), "nothing before it makes `%s`".formatted(name.get()));
    } else {
      work.drop(call.line(), Work.object(model, part), false);
    }
  }

  void renameIndex(Expression.Call call) {
    Optional<ModelKey> key = work.model(call, "model_name");
    Optional<String> to = work.text(call, 1, "new_name");
    Optional<String> from = work.text(call, 2, "old_name");
    if (key.isEmpty() || to.isEmpty() || from.isEmpty()) {
      work.unread(call.line(), "the name of an index is known only when it runs");
      return;
    }
    Model model = work.state.find(key.get()).orElseThrow();
    model.parts.remove(from.get());
    model.parts.put(to.get(), new Part(ObjectKind.INDEX, to.get()));
    work.done.add(
        new SchemaOperation.RenameObject(
            call.line(),
            ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, from.get()),
            ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, to.get())));
  }

  void together(Expression.Call call, String option) {
    Optional<ModelKey> key = work.model(call, "name");
    if (key.isPresent()) {
      together(
          call.line(),
          work.state.find(key.get()).orElseThrow(),
          option,
          work.literals.argument(call, 1, option).orElse(null));
    }
  }

  /** Makes the sets of columns of an option exactly these. */
  void together(int line, Model model, String option, Expression sets) {
    if (!model.isManaged) {
      return;
    }
    boolean isUnique = option.equals("unique_together");
    var wanted = new ArrayList<List<String>>();
    if (sets != null && !(work.literals.resolve(sets) instanceof Expression.None)) {
      Optional<List<Expression>> items = work.literals.items(sets);
      if (items.isEmpty()) {
        work.unread(line, "its `%s` is known only when it runs".formatted(option));
        return;
      }
      // One set may stand without the list around it.
      if (work.literals.texts(sets).filter(texts -> !texts.isEmpty()).isPresent()) {
        wanted.add(work.literals.texts(sets).get());
      } else {
        items.get().forEach(item -> work.literals.texts(item).ifPresent(wanted::add));
      }
    }
    var keys = new HashSet<String>();
    for (List<String> set : wanted) {
      String key = option + set;
      keys.add(key);
      if (model.parts.containsKey(key)) {
        continue;
      }
      List<String> columns = set.stream().map(model::column).toList();
      String name = DjangoNames.index(model.table, columns, isUnique ? "_uniq" : "_idx");
      model.parts.put(key, new Part(isUnique ? ObjectKind.CONSTRAINT : ObjectKind.INDEX, name));
      if (isUnique) {
        work.done.add(
            new SchemaOperation.AddConstraint(
                line,
                ModelTables.table(model.table),
                ModelTables.constraint(ConstraintKind.UNIQUE, Optional.of(name), columns)));
      } else {
        work.createIndex(line, model, new NewIndex(Optional.of(name), columns, Set.of()));
      }
    }
    List<String> gone =
        model.parts.keySet().stream()
            .filter(key -> key.startsWith(option) && !keys.contains(key))
            .toList();
    gone.forEach(key -> work.drop(line, Work.object(model, model.parts.remove(key)), true));
  }

  void add(Expression.Call call, String keyword) {
    Optional<ModelKey> key = work.model(call, "model_name");
    Optional<Expression> part = work.literals.argument(call, 1, keyword);
    if (key.isPresent() && part.isPresent()) {
      addPart(call.line(), work.state.find(key.get()).orElseThrow(), part.get());
    }
  }
}
