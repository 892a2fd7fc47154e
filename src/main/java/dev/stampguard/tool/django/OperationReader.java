package dev.stampguard.tool.django;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.python.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private final Work work;
  private final ModelOperations models;
  private final ModelMoves moves;
  private final FieldOperations fields;
  private final PartOperations parts;

  private OperationReader(Work work) {
    this.work = work;
    this.moves = new ModelMoves(work);
    this.fields = new FieldOperations(work);
    this.parts = new PartOperations(work);
    this.models = new ModelOperations(work, fields, parts);
  }

  /**
   * Reads a migration.
   *
   * @param state the models before it; after it when this returns
   */
  static List<SchemaOperation> read(MigrationFile file, String userModel, ModelState state) {
    var work = new Work(file.literals(), file.key().app(), userModel, state);
    if (file.operations().isEmpty()) {
      work.unread(file.line(), "its `operations` are known only when it runs");
    } else {
      file.operations().get().forEach(new OperationReader(work)::operation);
    }
    return List.copyOf(work.done);
  }

  private void operation(Expression expression) {
    String name = work.literals.called(expression);
    if (!(work.literals.resolve(expression) instanceof Expression.Call call)) {
      work.unread(expression.line(), "an operation is known only when it runs");
      return;
    }
    int line = call.line();
    if (EXTENSIONS.containsKey(name)) {
      extension(line, EXTENSIONS.get(name));
      return;
    }
    switch (name) {
      case "CreateModel" -> models.createModel(call);
      case "DeleteModel" -> models.deleteModel(call);
      case "RenameModel" -> moves.renameModel(call);
      case "AlterModelTable" -> moves.alterTable(call);
      case "AddField" -> fields.addField(call);
      case "RemoveField" -> fields.removeField(call);
      case "AlterField" -> fields.alterField(call);
      case "RenameField" -> fields.renameField(call);
      case "AddIndex", "AddIndexConcurrently" -> parts.add(call, "index");
      case "AddConstraint", "AddConstraintNotValid" -> parts.add(call, "constraint");
      case "RemoveIndex", "RemoveIndexConcurrently", "RemoveConstraint" -> parts.removePart(call);
      case "RenameIndex" -> parts.renameIndex(call);
      case "AlterUniqueTogether" -> parts.together(call, "unique_together");
      case "AlterIndexTogether" -> parts.together(call, "index_together");
      case "AlterOrderWithRespectTo" -> models.order(call);
      case "RunSQL" -> runSql(call);
      case "RunPython" ->
          ForeignCode.ofFunction(call.line(), work.literals, work.app).ifPresent(work.done::add);
      case "SeparateDatabaseAndState" -> separately(call);
      case "CreateExtension" ->
          work.text(call, 0, "name")
              .ifPresentOrElse(
                  extension -> extension(line, extension),
                  () -> work.unread(line, "its extension is known only when it runs"));
      case "AlterModelOptions",
          "AlterModelManagers",
          "AlterModelTableComment",
          "ValidateConstraint",
          "AlterConstraint" -> {
        // Nothing of it has a name in the database.
      }
      default -> work.unread(line, "`%s` is none of Django's own operations".formatted(name));
    }
  }

  private void extension(int line, String name) {
    work.done.add(
        new SchemaOperation.CreateObject(line, ObjectName.of(ObjectKind.EXTENSION, name), true));
  }

  private void runSql(Expression.Call call) {
    Optional<Expression> sql = work.literals.argument(call, 0, "sql");
    if (sql.isEmpty()) {
      work.unread(call.line(), "its SQL is known only when it runs");
      return;
    }
    if (work.literals.path(sql.get()).filter(path -> path.endsWith("RunSQL.noop")).isEmpty()) {
      work.done.addAll(ForeignCode.ofSql(sql.get(), work.literals, work.app));
    }
    Optional.ofNullable(call.keywords().get("state_operations"))
        .flatMap(work.literals::items)
        .ifPresent(this::inStateOnly);
  }

  private void separately(Expression.Call call) {
    Optional<List<Expression>> inDatabase =
        work.literals.argument(call, 0, "database_operations").flatMap(work.literals::items);
    Optional<List<Expression>> inState =
        work.literals.argument(call, 1, "state_operations").flatMap(work.literals::items);
    inDatabase.ifPresent(
        operations -> {
          var apart = new OperationReader(work.apart());
          operations.forEach(apart::operation);
          work.done.addAll(apart.work.done);
        });
    inState.ifPresent(this::inStateOnly);
  }

  private void inStateOnly(List<Expression> operations) {
    operations.forEach(new OperationReader(work.inStateOnly())::operation);
  }
}
