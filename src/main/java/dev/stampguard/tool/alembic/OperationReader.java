package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.AddColumn;
import dev.stampguard.tool.SchemaOperation.AddConstraint;
import dev.stampguard.tool.SchemaOperation.AlterTable;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.CreateIndex;
import dev.stampguard.tool.SchemaOperation.CreateObject;
import dev.stampguard.tool.SchemaOperation.CreateTable;
import dev.stampguard.tool.SchemaOperation.Drop;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.SchemaOperation.RenameColumn;
import dev.stampguard.tool.SchemaOperation.RenameRelation;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads one call of Alembic's {@code op}, or of the object that {@code batch_alter_table} gives
 * out, which knows its table already and so takes one argument less. Keywords are those of <a
 * href="https://alembic.sqlalchemy.org/en/latest/ops.html">Alembic's reference</a>, old spellings
 * included.
 */
final class OperationReader {
  private final Expression.Call call;
  private final Arguments arguments;
  private final Scope scope;
  private final Optional<QualifiedName> batch;

  /**
   * @param batch the table of the batch this is called on; empty for {@code op} itself
   */
  OperationReader(Expression.Call call, Scope scope, Optional<QualifiedName> batch) {
    this.call = call;
    this.arguments = new Arguments(call, scope);
    this.scope = scope;
    this.batch = batch;
  }

  /**
   * What the operation does to the schema.
   *
   * @param operation its name, such as {@code create_table}
   */
  List<SchemaOperation> read(String operation) throws UnreadCallException {
    return switch (operation) {
      case "create_table" -> createTable();
      case "add_column" -> addColumn();
      case "create_index" -> List.of(createIndex());
      case "create_unique_constraint" -> List.of(constraint(ConstraintKind.UNIQUE));
      case "create_primary_key" -> List.of(constraint(ConstraintKind.PRIMARY_KEY));
      case "create_check_constraint" -> List.of(createCheck());
      case "create_foreign_key" -> List.of(createForeignKey());
      case "create_exclude_constraint" -> List.of(createExclusion());
      case "drop_table" -> List.of(drop(ObjectName.of(ObjectKind.TABLE, table(0))));
      case "drop_column" -> List.of(drop(inside(ObjectKind.COLUMN, 0, 1, "column_name")));
      case "drop_index" -> List.of(dropIndex());
      case "drop_constraint" ->
          List.of(drop(inside(ObjectKind.CONSTRAINT, 1, 0, "constraint_name", "name")));
      case "rename_table" -> List.of(renameTable());
      case "alter_column" -> List.of(alterColumn());
      case "create_table_comment", "drop_table_comment" ->
          List.of(new AlterTable(call.line(), table(0)));
      case "bulk_insert", "get_bind", "get_context", "f", "inline_literal" -> List.of();
      default -> throw new UnreadCallException("it is none of Alembic's own operations");
    };
  }

  /** The table an operation is about: the batch's, or the argument at a position. */
  private QualifiedName table(int position) throws UnreadCallException {
    return batch.isPresent()
        ? batch.get()
        : arguments.relation("schema", position, "table_name", "source", "tablename");
  }

  /** The position of an argument that stands behind the table's. */
  private int behindTable(int position) {
    return batch.isPresent() ? position - 1 : position;
  }

  private ObjectName inside(ObjectKind kind, int table, int name, String... keywords)
      throws UnreadCallException {
    int position = name > table ? behindTable(name) : name;
    return ObjectName.inside(kind, table(table), arguments.text(position, keywords));
  }

  private Drop drop(ObjectName object) throws UnreadCallException {
    return new Drop(call.line(), object, arguments.flag("if_exists"), false);
  }

  private Drop dropIndex() throws UnreadCallException {
    String schema =
        batch.isPresent()
            ? batch.get().schema()
            : arguments.optionalText(-1, "schema").orElse(SchemaOperation.SEARCH_PATH);
    String name = arguments.text(0, "index_name", "name");
    return drop(ObjectName.of(ObjectKind.INDEX, schema, name));
  }

  private List<SchemaOperation> createTable() throws UnreadCallException {
    QualifiedName table = arguments.relation("schema", 0, "table_name", "name");
    var declaration = new TableDeclaration(table, scope);
    boolean named =
        call.keywords().containsKey("table_name") || call.keywords().containsKey("name");
    call.arguments().stream().skip(named ? 0 : 1).forEach(declaration::read);
    var operations = new ArrayList<SchemaOperation>();
    var types = new LinkedHashSet<ObjectName>();
    for (EnumType type : declaration.enums()) {
      if (type.isNative() && type.createdWithTable()) {
        types.add(type.object(table.schema()));
      }
    }
    types.forEach(type -> operations.add(new CreateObject(call.line(), type, true)));
    operations.add(
        new CreateTable(
            call.line(),
            table,
            arguments.flag("if_not_exists"),
            declaration.columns(),
            declaration.constraints(),
            declaration.indexes()));
    operations.addAll(unread(declaration, table));
    return operations;
  }

  private List<SchemaOperation> unread(TableDeclaration declaration, QualifiedName table) {
    var unread = new ArrayList<SchemaOperation>();
    declaration
        .unread()
        .forEach(
            (part, reason) ->
                unread.add(
                    new Unreadable(
                        part.line(),
                        "table `" + table.name() + "`: " + reason,
                        Words.mayDrop(part.span(), scope))));
    return unread;
  }

  private List<SchemaOperation> addColumn() throws UnreadCallException {
    QualifiedName table = table(0);
    Optional<Expression> column = arguments.find(behindTable(1), "column");
    var declaration = new TableDeclaration(table, scope);
    declaration.read(column.orElseThrow(() -> new UnreadCallException("it has no column")));
    var operations = new ArrayList<SchemaOperation>();
    boolean ifNotExists = arguments.flag("if_not_exists");
    for (String name : declaration.columns()) {
      operations.add(new AddColumn(call.line(), table, name, ifNotExists));
    }
    for (NewConstraint constraint : declaration.constraints()) {
      // Alembic leaves a column's primary key out unless told to render it inline
      if (constraint.kind() != ConstraintKind.PRIMARY_KEY || arguments.flag("inline_primary_key")) {
        operations.add(new AddConstraint(call.line(), table, constraint));
      }
    }
    for (NewConstraint constraint : declaration.altering()) {
      operations.add(new AddConstraint(call.line(), table, constraint));
    }
    for (NewIndex index : declaration.indexes()) {
      operations.add(new CreateIndex(call.line(), table, index, false));
    }
    operations.addAll(unread(declaration, table));
    return operations;
  }

  private SchemaOperation createIndex() throws UnreadCallException {
    QualifiedName table = table(1);
    NewIndex index =
        new TableDeclaration(table, scope)
            .index(
                arguments.optionalText(0, "index_name", "name"),
                arguments.items(behindTable(2), "columns"),
                arguments);
    return new CreateIndex(call.line(), table, index, arguments.flag("if_not_exists"));
  }

  private SchemaOperation add(
      QualifiedName table,
      ConstraintKind kind,
      List<String> columns,
      Optional<QualifiedName> references)
      throws UnreadCallException {
    Optional<String> name = arguments.optionalText(0, "constraint_name", "name");
    return new AddConstraint(
        call.line(), table, new NewConstraint(kind, name, columns, references));
  }

  private SchemaOperation constraint(ConstraintKind kind) throws UnreadCallException {
    List<String> columns = arguments.texts(behindTable(2), "columns", "local_cols", "cols");
    return add(table(1), kind, columns, Optional.empty());
  }

  private SchemaOperation createCheck() throws UnreadCallException {
    Optional<Expression> condition = arguments.find(behindTable(2), "condition");
    boolean named = arguments.optionalText(0, "constraint_name", "name").isPresent();
    if (condition.isEmpty() || (!named && scope.text(condition.get()).isEmpty())) {
      throw new UnreadCallException("its condition is known only when the script runs");
    }
    return add(
        table(1),
        ConstraintKind.CHECK,
        List.copyOf(Words.identifiers(condition.get().span(), scope)),
        Optional.empty());
  }

  private SchemaOperation createForeignKey() throws UnreadCallException {
    QualifiedName source =
        batch.isPresent()
            ? batch.get()
            : arguments.relation("source_schema", 1, "source_table", "source");
    QualifiedName referent =
        arguments.relation("referent_schema", behindTable(2), "referent_table", "referent");
    return add(
        source,
        ConstraintKind.FOREIGN_KEY,
        arguments.texts(behindTable(3), "local_cols"),
        Optional.of(referent));
  }

  private SchemaOperation createExclusion() throws UnreadCallException {
    QualifiedName table = table(1);
    Optional<String> name = arguments.optionalText(0, "constraint_name", "name");
    List<Expression> elements =
        call.arguments()
            .subList(Math.min(behindTable(2), call.arguments().size()), call.arguments().size());
    return new AddConstraint(
        call.line(), table, new TableDeclaration(table, scope).exclusion(elements, name));
  }

  private SchemaOperation renameTable() throws UnreadCallException {
    QualifiedName from = arguments.relation("schema", 0, "old_table_name");
    var to = new QualifiedName(from.schema(), arguments.text(1, "new_table_name"));
    return new RenameRelation(
        call.line(), ObjectName.of(ObjectKind.TABLE, from), ObjectName.of(ObjectKind.TABLE, to));
  }

  private SchemaOperation alterColumn() throws UnreadCallException {
    QualifiedName table = table(0);
    Optional<String> renamed = arguments.optionalText(-1, "new_column_name", "name");
    if (renamed.isEmpty()) {
      return new AlterTable(call.line(), table);
    }
    String column = arguments.text(behindTable(1), "column_name");
    return new RenameColumn(call.line(), table, column, renamed.get());
  }
}
