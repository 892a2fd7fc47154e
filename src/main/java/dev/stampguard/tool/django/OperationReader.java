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
import dev.stampguard.tool.django.ModelState.Part;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what the operations of one migration do to the schema ({@code
 * django.db.migrations.operations}), and keeps the models up to date. What is not plainly said is
 * {@link SchemaOperation.Unreadable}.
 */
final class OperationReader {
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "BloomExtension", "bloom",
          "BtreeGinExtension", "btree_gin",
          "BtreeGistExtension", "btree_gist",
          "CITextExtension", "citext",
          "CryptoExtension", "pgcrypto",
          "HStoreExtension", "hstore",
          "TrigramExtension", "pg_trgm",
          "UnaccentExtension", "unaccent");

  /** Mark the two foreign keys of a joining table. */
  private static final String FROM = ">from";

  private static final String TO = ">to";

  private static final String ORDERED = "order_with_respect_to";

  /** The field that Django adds for {@link #ORDERED}, and its column. */
  private static final String ORDER = "_order";

  private final Literals literals;
  private final String app;
  private final String userModel;
  private final ModelState state;
  private final ModelTables tables;
  private final List<SchemaOperation> done = new ArrayList<>();

  private OperationReader(Literals literals, String app, String userModel, ModelState state) {
    this.literals = literals;
    this.app = app;
    this.userModel = userModel;
    this.state = state;
    this.tables = new ModelTables(state);
  }

  /**
   * Reads a migration.
   *
   * @param state the models before it; after it when this returns
   */
  static List<SchemaOperation> read(MigrationFile file, String userModel, ModelState state) {
    var reader = new OperationReader(file.literals(), file.key().app(), userModel, state);
    if (file.operations().isEmpty()) {
      reader.unread(file.line(), "its `operations` are known only when it runs");
    } else {
      file.operations().get().forEach(reader::operation);
    }
    return List.copyOf(reader.done);
  }

  private void unread(int line, String reason) {
    done.add(new SchemaOperation.Unreadable(line, reason, Set.of()));
  }

  private void operation(Expression expression) {
    String name = literals.called(expression);
    if (!(literals.resolve(expression) instanceof Expression.Call call)) {
      unread(expression.line(), "an operation is known only when it runs");
      return;
    }
    int line = call.line();
    if (EXTENSIONS.containsKey(name)) {
      extension(line, EXTENSIONS.get(name));
      return;
    }
    switch (name) {
      case "CreateModel" -> createModel(call);
      case "DeleteModel" -> deleteModel(call);
      case "RenameModel" -> renameModel(call);
      case "AlterModelTable" -> alterTable(call);
      case "AddField" -> addField(call);
      case "RemoveField" -> removeField(call);
      case "AlterField" -> alterField(call);
      case "RenameField" -> renameField(call);
      case "AddIndex", "AddIndexConcurrently" -> add(call, "index");
      case "AddConstraint", "AddConstraintNotValid" -> add(call, "constraint");
      case "RemoveIndex", "RemoveIndexConcurrently", "RemoveConstraint" -> removePart(call);
      case "RenameIndex" -> renameIndex(call);
      case "AlterUniqueTogether" -> together(call, "unique_together");
      case "AlterIndexTogether" -> together(call, "index_together");
      case "AlterOrderWithRespectTo" -> order(call);
      case "RunSQL" -> runSql(call);
      case "RunPython" -> ForeignCode.ofFunction(call.line(), literals, app).ifPresent(done::add);
      case "SeparateDatabaseAndState" -> separately(call);
      case "CreateExtension" ->
          text(call, 0, "name")
              .ifPresentOrElse(
                  extension -> extension(line, extension),
                  () -> unread(line, "its extension is known only when it runs"));
      case "AlterModelOptions",
          "AlterModelManagers",
          "AlterModelTableComment",
          "ValidateConstraint",
          "AlterConstraint" -> {
        // Nothing of it has a name in the database.
      }
      default -> unread(line, "`%s` is none of Django's own operations".formatted(name));
    }
  }

  private Optional<String> text(Expression.Call call, int position, String keyword) {
    return literals.argument(call, position, keyword).flatMap(literals::text);
  }

  private void extension(int line, String name) {
    done.add(
        new SchemaOperation.CreateObject(line, ObjectName.of(ObjectKind.EXTENSION, name), true));
  }

  private FieldReader fields(ModelKey model) {
    return new FieldReader(literals, app, model.name(), userModel);
  }

  /** The model that an operation is about, where it has a table of its own to change. */
  private Optional<ModelKey> model(Expression.Call call, String keyword) {
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

  // Models

  private void createModel(Expression.Call call) {
    int line = call.line();
    Optional<String> name = text(call, 0, "name");
    Optional<List<Expression>> declared =
        literals.argument(call, 1, "fields").flatMap(literals::items);
    if (name.isEmpty() || declared.isEmpty()) {
      unread(line, "its model is known only when it runs");
      return;
    }
    ModelKey key = ModelState.key(app, name.get());
    Map<String, Expression> options =
        literals.argument(call, 2, "options").flatMap(literals::dictionary).orElse(Map.of());
    Optional<String> named = Optional.ofNullable(options.get("db_table")).flatMap(literals::text);
    boolean isManaged =
        literals.flag(options, "managed", true)
            && !literals.flag(options, "proxy", false)
            && !isSwappedOut(key, options);
    var model =
        new Model(named.orElseGet(() -> ModelState.usualTable(key)), named.isPresent(), isManaged);
    state.put(key, model);
    for (Expression field : declared.get()) {
      Optional<List<Expression>> pair = literals.items(field).filter(items -> items.size() == 2);
      Optional<String> fieldName = pair.flatMap(items -> literals.text(items.get(0)));
      if (fieldName.isEmpty()) {
        unread(field.line(), "a field is known only when it runs");
        continue;
      }
      model.fields.put(
          fieldName.get(), fields(key).read(fieldName.get(), pair.orElseThrow().get(1)));
    }
    if (isOrdered(options.get(ORDERED))) {
      model.fields.put(ORDER, FieldInfo.plain(ORDER));
    }
    if (isManaged) {
      createTable(line, key, model);
      together(line, model, "unique_together", options.get("unique_together"));
      together(line, model, "index_together", options.get("index_together"));
      for (String kind : List.of("indexes", "constraints")) {
        Optional.ofNullable(options.get(kind))
            .flatMap(literals::items)
            .ifPresent(parts -> parts.forEach(part -> addPart(line, model, part)));
      }
    }
  }

  /** Whether the settings name another model for what this one would be: then it has no table. */
  private boolean isSwappedOut(ModelKey key, Map<String, Expression> options) {
    return Optional.ofNullable(options.get("swappable"))
        .flatMap(literals::text)
        .filter("AUTH_USER_MODEL"::equals)
        .filter(setting -> !userModel.equalsIgnoreCase(key.app() + "." + key.name()))
        .isPresent();
  }

  private boolean isOrdered(Expression by) {
    return by != null && !(literals.resolve(by) instanceof Expression.None);
  }

  /** A model whose rows have an order below those of another has a column for it. */
  private void order(Expression.Call call) {
    Optional<ModelKey> key = model(call, "name");
    if (key.isEmpty()) {
      return;
    }
    Model model = state.find(key.get()).orElseThrow();
    boolean isWanted = isOrdered(literals.argument(call, 1, ORDERED).orElse(null));
    FieldInfo before = model.fields.get(ORDER);
    if (isWanted && before == null) {
      FieldInfo field = FieldInfo.plain(ORDER);
      model.fields.put(ORDER, field);
      if (model.isManaged) {
        add(call.line(), key.get(), model, ORDER, field);
      }
    } else if (!isWanted && before != null) {
      model.fields.remove(ORDER);
      if (model.isManaged) {
        remove(call.line(), model, ORDER, before);
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
              constraints.addAll(tables.constraints(model.table, field));
              indexes.addAll(tables.indexes(model.table, field));
              remember(key, model, name, field);
            }
            case TABLE -> {
              joins.add(tables.join(line, key, model, name, field));
              remember(key, model, name, field);
            }
            case NOTHING, UNKNOWN -> {
              // What there is to say of it is said below.
            }
          }
        });
    done.add(
        new SchemaOperation.CreateTable(
            line, ModelTables.table(model.table), false, columns, constraints, indexes));
    done.addAll(joins);
    model.fields.forEach((name, field) -> remark(line, name, field));
  }

  private void remember(ModelKey key, Model model, String name, FieldInfo field) {
    if (field.kind() == Kind.COLUMN) {
      remember(model, name, tables.foreignKey(model.table, field));
    } else {
      remember(model, name + FROM, tables.joinKey(key, model, name, field, true));
      remember(model, name + TO, tables.joinKey(key, model, name, field, false));
    }
  }

  private static void remember(Model model, String tag, Optional<NewConstraint> key) {
    key.flatMap(NewConstraint::name).ifPresent(name -> model.keys.put(tag, name));
  }

  /** Django makes a foreign key anew when its column or what it points at gets another name. */
  private void renew(
      int line, String table, Model model, String tag, Optional<NewConstraint> next) {
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
  private void remark(int line, String name, FieldInfo field) {
    if (field.kind() == Kind.UNKNOWN) {
      unread(line, "the field `%s` is of a class that is not Django's own".formatted(name));
    } else if (field.kind() != Kind.NOTHING && tables.isUnnamed(field)) {
      unread(line, "what the field `%s` points at is not in this project".formatted(name));
    }
  }

  private void drop(int line, ObjectName object, boolean ifExists) {
    done.add(new SchemaOperation.Drop(line, object, ifExists, true));
  }

  private void dropTable(int line, String table) {
    drop(line, ObjectName.of(ObjectKind.TABLE, ModelTables.table(table)), false);
  }

  private void deleteModel(Expression.Call call) {
    Optional<ModelKey> key = model(call, "name");
    if (key.isEmpty()) {
      return;
    }
    Model model = state.remove(key.get()).orElseThrow();
    if (!model.isManaged) {
      return;
    }
    model.fields.forEach(
        (name, field) -> {
          if (field.kind() == Kind.TABLE) {
            dropTable(call.line(), ModelTables.joinTable(model, name, field));
          }
        });
    dropTable(call.line(), model.table);
  }

  private void renameModel(Expression.Call call) {
    Optional<ModelKey> from = model(call, "old_name");
    Optional<String> name = text(call, 1, "new_name");
    if (from.isEmpty() || name.isEmpty()) {
      return;
    }
    ModelKey to = ModelState.key(app, name.get());
    Model model = state.remove(from.get()).orElseThrow();
    state.put(to, model);
    int line = call.line();
    String table = model.hasOwnTable ? model.table : ModelState.usualTable(to);
    move(line, model, table);
    state
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
            renameColumn(
                line,
                joining,
                ModelTables.fromColumn(from.get(), target),
                ModelTables.fromColumn(to, target));
            renew(line, joining, model, field + FROM, tables.joinKey(to, model, field, info, true));
          }
        });
  }

  private void renameColumn(int line, String table, String from, String to) {
    if (!from.equals(to)) {
      done.add(new SchemaOperation.RenameColumn(line, ModelTables.table(table), from, to));
    }
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
      renew(line, model.table, model, name, tables.foreignKey(model.table, now));
    } else if (info.kind() == Kind.TABLE) {
      ModelKey before = owner.equals(to) ? from : owner;
      String joining = ModelTables.joinTable(model, name, now);
      renameColumn(
          line, joining, ModelTables.fromColumn(before, from), ModelTables.fromColumn(owner, to));
      renameColumn(
          line, joining, ModelTables.toColumn(before, from), ModelTables.toColumn(owner, to));
      renew(line, joining, model, name + FROM, tables.joinKey(owner, model, name, now, true));
      renew(line, joining, model, name + TO, tables.joinKey(owner, model, name, now, false));
    }
    return now;
  }

  private void alterTable(Expression.Call call) {
    Optional<ModelKey> key = model(call, "name");
    if (key.isEmpty()) {
      return;
    }
    Optional<String> table = text(call, 1, "table");
    Model model = state.find(key.get()).orElseThrow();
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
            rename(line, old, now).ifPresent(joins::add);
          }
        });
    model.table = table;
    if (model.isManaged) {
      rename(line, before, table).ifPresent(done::add);
      done.addAll(joins);
    }
  }

  private static Optional<SchemaOperation> rename(int line, String from, String to) {
    return from.equals(to)
        ? Optional.empty()
        : Optional.of(
            new SchemaOperation.RenameRelation(
                line,
                ObjectName.of(ObjectKind.TABLE, ModelTables.table(from)),
                ObjectName.of(ObjectKind.TABLE, ModelTables.table(to))));
  }

  // Fields

  private void addField(Expression.Call call) {
    Optional<ModelKey> key = model(call, "model_name");
    Optional<String> name = text(call, 1, "name");
    Optional<Expression> declaration = literals.argument(call, 2, "field");
    if (key.isEmpty() || name.isEmpty() || declaration.isEmpty()) {
      return;
    }
    Model model = state.find(key.get()).orElseThrow();
    FieldInfo field = fields(key.get()).read(name.get(), declaration.get());
    model.fields.put(name.get(), field);
    if (model.isManaged) {
      add(call.line(), key.get(), model, name.get(), field);
    }
  }

  private void add(int line, ModelKey key, Model model, String name, FieldInfo field) {
    switch (field.kind()) {
      case COLUMN -> {
        done.add(
            new SchemaOperation.AddColumn(
                line, ModelTables.table(model.table), field.column(), false));
        tables
            .constraints(model.table, field)
            .forEach(
                constraint ->
                    done.add(
                        new SchemaOperation.AddConstraint(
                            line, ModelTables.table(model.table), constraint)));
        tables.indexes(model.table, field).forEach(index -> createIndex(line, model, index));
        remember(key, model, name, field);
      }
      case TABLE -> {
        done.add(tables.join(line, key, model, name, field));
        remember(key, model, name, field);
      }
      case NOTHING, UNKNOWN -> {
        // What there is to say of it is said below.
      }
    }
    remark(line, name, field);
  }

  private void createIndex(int line, Model model, NewIndex index) {
    done.add(new SchemaOperation.CreateIndex(line, ModelTables.table(model.table), index, false));
  }

  private void removeField(Expression.Call call) {
    Optional<ModelKey> key = model(call, "model_name");
    Optional<String> name = text(call, 1, "name");
    if (key.isEmpty() || name.isEmpty()) {
      return;
    }
    Model model = state.find(key.get()).orElseThrow();
    FieldInfo field = model.fields.remove(name.get());
    if (field == null || !model.isManaged) {
      return;
    }
    remove(call.line(), model, name.get(), field);
  }

  private void remove(int line, Model model, String name, FieldInfo field) {
    switch (field.kind()) {
      case COLUMN -> drop(line, inside(ObjectKind.COLUMN, model, field.column()), false);
      case TABLE -> dropTable(line, ModelTables.joinTable(model, name, field));
      case NOTHING -> {
        // Its table is a model's own.
      }
      case UNKNOWN -> unread(line, "what the field `%s` was is not known".formatted(name));
    }
  }

  private static ObjectName inside(ObjectKind kind, Model model, String name) {
    return ObjectName.inside(kind, ModelTables.table(model.table), name);
  }

  private void alterField(Expression.Call call) {
    Optional<ModelKey> key = model(call, "model_name");
    Optional<String> name = text(call, 1, "name");
    Optional<Expression> declaration = literals.argument(call, 2, "field");
    if (key.isEmpty() || name.isEmpty() || declaration.isEmpty()) {
      return;
    }
    Model model = state.find(key.get()).orElseThrow();
    FieldInfo now = fields(key.get()).read(name.get(), declaration.get());
    FieldInfo before = model.fields.put(name.get(), now);
    if (before == null || !model.isManaged) {
      return;
    }
    int line = call.line();
    if (before.kind() != Kind.COLUMN || now.kind() != Kind.COLUMN) {
      if (before.kind() == Kind.UNKNOWN || now.kind() == Kind.UNKNOWN) {
        remark(line, name.get(), now);
        done.add(new SchemaOperation.AlterTable(line, ModelTables.table(model.table)));
      } else if (before.kind() != now.kind()) {
        unread(line, "the field `%s` becomes one of another kind".formatted(name.get()));
      }
      return;
    }
    if (!before.column().equals(now.column())) {
      done.add(
          new SchemaOperation.RenameColumn(
              line, ModelTables.table(model.table), before.column(), now.column()));
    } else {
      done.add(new SchemaOperation.AlterTable(line, ModelTables.table(model.table)));
    }
    changeParts(line, model, name.get(), before, now);
  }

  /** What was declared with a column and is not any more goes; what is new comes. */
  private void changeParts(int line, Model model, String name, FieldInfo before, FieldInfo now) {
    String table = model.table;
    if (before.isUnique() && !now.isUnique()) {
      drop(
          line, inside(ObjectKind.CONSTRAINT, model, table + "_" + before.column() + "_key"), true);
    } else if (!before.isUnique() && now.isUnique()) {
      constraint(line, model, ConstraintKind.UNIQUE, now.column(), "_uniq");
    }
    if (before.isChecked() && !now.isChecked()) {
      drop(
          line,
          inside(ObjectKind.CONSTRAINT, model, table + "_" + before.column() + "_check"),
          true);
    } else if (!before.isChecked() && now.isChecked()) {
      constraint(line, model, ConstraintKind.CHECK, now.column(), "_check");
    }
    Optional<NewConstraint> newKey = tables.foreignKey(table, now);
    if (!tables.foreignKey(table, before).equals(newKey)) {
      renew(line, table, model, name, newKey);
    }
    Set<NewIndex> old = new HashSet<>(tables.indexes(table, before));
    List<NewIndex> wanted = tables.indexes(table, now);
    old.stream()
        .filter(index -> !wanted.contains(index))
        .forEach(index -> drop(line, indexName(index), true));
    wanted.stream()
        .filter(index -> !old.contains(index))
        .forEach(index -> createIndex(line, model, index));
  }

  private static ObjectName indexName(NewIndex index) {
    return ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, index.name().orElseThrow());
  }

  private void constraint(
      int line, Model model, ConstraintKind kind, String column, String suffix) {
    List<String> columns = List.of(column);
    done.add(
        new SchemaOperation.AddConstraint(
            line,
            ModelTables.table(model.table),
            ModelTables.constraint(
                kind, Optional.of(DjangoNames.index(model.table, columns, suffix)), columns)));
  }

  private void renameField(Expression.Call call) {
    Optional<ModelKey> key = model(call, "model_name");
    Optional<String> from = text(call, 1, "old_name");
    Optional<String> to = text(call, 2, "new_name");
    if (key.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return;
    }
    Model model = state.find(key.get()).orElseThrow();
    FieldInfo before = model.fields.remove(from.get());
    if (before == null) {
      unread(call.line(), "nothing before it makes the field `%s`".formatted(from.get()));
      return;
    }
    FieldInfo now = before.renamed(to.get());
    model.fields.put(to.get(), now);
    if (!model.isManaged) {
      return;
    }
    if (before.kind() == Kind.TABLE) {
      rename(
              call.line(),
              ModelTables.joinTable(model, from.get(), before),
              ModelTables.joinTable(model, to.get(), now))
          .ifPresent(done::add);
    } else if (before.kind() == Kind.COLUMN && !before.column().equals(now.column())) {
      done.add(
          new SchemaOperation.RenameColumn(
              call.line(), ModelTables.table(model.table), before.column(), now.column()));
      String named = model.keys.remove(from.get());
      if (named != null) {
        model.keys.put(to.get(), named);
        renew(call.line(), model.table, model, to.get(), tables.foreignKey(model.table, now));
      }
    }
    for (String side : List.of(FROM, TO)) {
      String named = model.keys.remove(from.get() + side);
      if (named != null) {
        model.keys.put(to.get() + side, named);
      }
    }
  }

  // Indexes and constraints

  private void add(Expression.Call call, String keyword) {
    Optional<ModelKey> key = model(call, "model_name");
    Optional<Expression> part = literals.argument(call, 1, keyword);
    if (key.isPresent() && part.isPresent()) {
      addPart(call.line(), state.find(key.get()).orElseThrow(), part.get());
    }
  }

  private void addPart(int line, Model model, Expression expression) {
    if (!model.isManaged) {
      return;
    }
    String type = literals.called(expression);
    Optional<String> name =
        literals.resolve(expression) instanceof Expression.Call call
            ? Optional.ofNullable(call.keywords().get("name")).flatMap(literals::text)
            : Optional.empty();
    if (name.isEmpty()) {
      unread(line, "the name of an index or constraint is known only when it runs");
      return;
    }
    Map<String, Expression> keywords = ((Expression.Call) literals.resolve(expression)).keywords();
    List<String> columns =
        Optional.ofNullable(keywords.get("fields"))
            .flatMap(literals::texts)
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
      createIndex(line, model, new NewIndex(name, columns, Set.of()));
    } else {
      model.parts.put(name.get(), new Part(ObjectKind.CONSTRAINT, name.get()));
      done.add(
          new SchemaOperation.AddConstraint(
              line, ModelTables.table(model.table), ModelTables.constraint(kind, name, columns)));
    }
  }

  private void removePart(Expression.Call call) {
    Optional<ModelKey> key = model(call, "model_name");
    Optional<String> name = text(call, 1, "name");
    if (key.isEmpty() || name.isEmpty()) {
      return;
    }
    Model model = state.find(key.get()).orElseThrow();
    Part part = model.parts.remove(name.get());
    if (part == null) {
      unread(call.line(), "nothing before it makes `%s`".formatted(name.get()));
    } else {
      drop(call.line(), object(model, part), false);
    }
  }

  private static ObjectName object(Model model, Part part) {
    return part.kind() == ObjectKind.INDEX
        ? ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, part.name())
        : inside(ObjectKind.CONSTRAINT, model, part.name());
  }

  private void renameIndex(Expression.Call call) {
    Optional<ModelKey> key = model(call, "model_name");
    Optional<String> to = text(call, 1, "new_name");
    Optional<String> from = text(call, 2, "old_name");
    if (key.isEmpty() || to.isEmpty() || from.isEmpty()) {
      unread(call.line(), "the name of an index is known only when it runs");
      return;
    }
    Model model = state.find(key.get()).orElseThrow();
    model.parts.remove(from.get());
    model.parts.put(to.get(), new Part(ObjectKind.INDEX, to.get()));
    done.add(
        new SchemaOperation.RenameObject(
            call.line(),
            ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, from.get()),
            ObjectName.of(ObjectKind.INDEX, SchemaOperation.SEARCH_PATH, to.get())));
  }

  private void together(Expression.Call call, String option) {
    Optional<ModelKey> key = model(call, "name");
    if (key.isPresent()) {
      together(
          call.line(),
          state.find(key.get()).orElseThrow(),
          option,
          literals.argument(call, 1, option).orElse(null));
    }
  }

  /** Makes the sets of columns of an option exactly these. */
  private void together(int line, Model model, String option, Expression sets) {
    if (!model.isManaged) {
      return;
    }
    boolean isUnique = option.equals("unique_together");
    var wanted = new ArrayList<List<String>>();
    if (sets != null && !(literals.resolve(sets) instanceof Expression.None)) {
      Optional<List<Expression>> items = literals.items(sets);
      if (items.isEmpty()) {
        unread(line, "its `%s` is known only when it runs".formatted(option));
        return;
      }
      // One set may stand without the list around it.
      if (literals.texts(sets).filter(texts -> !texts.isEmpty()).isPresent()) {
        wanted.add(literals.texts(sets).get());
      } else {
        items.get().forEach(item -> literals.texts(item).ifPresent(wanted::add));
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
        done.add(
            new SchemaOperation.AddConstraint(
                line,
                ModelTables.table(model.table),
                ModelTables.constraint(ConstraintKind.UNIQUE, Optional.of(name), columns)));
      } else {
        createIndex(line, model, new NewIndex(Optional.of(name), columns, Set.of()));
      }
    }
    List<String> gone =
        model.parts.keySet().stream()
            .filter(key -> key.startsWith(option) && !keys.contains(key))
            .toList();
    gone.forEach(key -> drop(line, object(model, model.parts.remove(key)), true));
  }

  // What Django knows nothing of

  private void runSql(Expression.Call call) {
    Optional<Expression> sql = literals.argument(call, 0, "sql");
    if (sql.isEmpty()) {
      unread(call.line(), "its SQL is known only when it runs");
      return;
    }
    if (literals.path(sql.get()).filter(path -> path.endsWith("RunSQL.noop")).isEmpty()) {
      done.addAll(ForeignCode.ofSql(sql.get(), literals, app));
    }
    Optional.ofNullable(call.keywords().get("state_operations"))
        .flatMap(literals::items)
        .ifPresent(this::inStateOnly);
  }

  private void separately(Expression.Call call) {
    Optional<List<Expression>> inDatabase =
        literals.argument(call, 0, "database_operations").flatMap(literals::items);
    Optional<List<Expression>> inState =
        literals.argument(call, 1, "state_operations").flatMap(literals::items);
    inDatabase.ifPresent(
        operations -> {
          var apart = new OperationReader(literals, app, userModel, state.copy());
          operations.forEach(apart::operation);
          done.addAll(apart.done);
        });
    inState.ifPresent(this::inStateOnly);
  }

  private void inStateOnly(List<Expression> operations) {
    var silent = new OperationReader(literals, app, userModel, state);
    operations.forEach(silent::operation);
  }
}
