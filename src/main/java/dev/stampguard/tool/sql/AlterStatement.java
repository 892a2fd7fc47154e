package dev.stampguard.tool.sql;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.AddColumn;
import dev.stampguard.tool.SchemaOperation.AddConstraint;
import dev.stampguard.tool.SchemaOperation.AlterTable;
import dev.stampguard.tool.SchemaOperation.Drop;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.Redefine;
import dev.stampguard.tool.SchemaOperation.RenameColumn;
import dev.stampguard.tool.SchemaOperation.RenameObject;
import dev.stampguard.tool.SchemaOperation.RenameRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ALTER …}; the verb is already taken. */
final class AlterStatement {
  private final SqlCursor cursor;
  private final int line;

  AlterStatement(SqlCursor cursor, int line) {
    this.cursor = cursor;
    this.line = line;
  }

  List<SchemaOperation> read() throws UnreadSqlException {
    if (cursor.accept("materialized", "view")) {
      return relation(ObjectKind.MATERIALIZED_VIEW);
    }
    SqlToken kind = cursor.next();
    return switch (kind.text()) {
      case "table" -> relation(ObjectKind.TABLE);
      case "view" -> relation(ObjectKind.VIEW);
      case "index" -> object(ObjectKind.INDEX);
      case "type", "domain" -> object(ObjectKind.TYPE);
      case "sequence" -> object(ObjectKind.SEQUENCE);
      case "function", "procedure", "routine" -> object(ObjectKind.FUNCTION);
      case "trigger" -> inside(ObjectKind.TRIGGER);
      case "policy" -> inside(ObjectKind.POLICY);
      case "schema" -> schema();
      case "extension", "server" -> redefine();
      case "role",
          "user",
          "group",
          "database",
          "default",
          "system",
          "publication",
          "subscription",
          "statistics",
          "event",
          "rule" ->
          List.of();
      default -> throw new UnreadSqlException();
    };
  }

  private List<SchemaOperation> redefine() {
    return List.of(new Redefine(line));
  }

  private List<SchemaOperation> schema() throws UnreadSqlException {
    cursor.identifier();
    if (cursor.peek().isWord("rename")) {
      throw new UnreadSqlException();
    }
    return List.of();
  }

  private List<SchemaOperation> inside(ObjectKind kind) throws UnreadSqlException {
    String name = cursor.identifier();
    cursor.expect("on");
    QualifiedName table = cursor.qualifiedName();
    if (!cursor.accept("rename", "to")) {
      return redefine();
    }
    return List.of(
        new RenameObject(
            line,
            ObjectName.inside(kind, table, name),
            ObjectName.inside(kind, table, cursor.identifier())));
  }

  private List<SchemaOperation> object(ObjectKind kind) throws UnreadSqlException {
    cursor.accept("if", "exists");
    if (kind == ObjectKind.INDEX && cursor.accept("all")) {
      return redefine();
    }
    QualifiedName name = cursor.qualifiedName();
    String arguments =
        kind == ObjectKind.FUNCTION && cursor.peek().isSymbol("(")
            ? SqlTypes.arguments(cursor.group())
            : "";
    QualifiedName renamed;
    if (cursor.accept("rename", "to")) {
      renamed = new QualifiedName(name.schema(), cursor.identifier());
    } else if (cursor.accept("set", "schema")) {
      renamed = new QualifiedName(cursor.identifier(), name.name());
    } else {
      return redefine();
    }
    return List.of(
        new RenameObject(
            line,
            new ObjectName(kind, List.of(name.schema(), name.name()), arguments),
            new ObjectName(kind, List.of(renamed.schema(), renamed.name()), arguments)));
  }

  private List<SchemaOperation> relation(ObjectKind kind) throws UnreadSqlException {
    boolean ifExists = cursor.accept("if", "exists");
    cursor.accept("only");
    if (cursor.accept("all")) {
      return redefine();
    }
    QualifiedName table = cursor.qualifiedName();
    cursor.acceptSymbol("*");
    ObjectName from = ObjectName.of(kind, table);
    if (cursor.accept("rename", "to")) {
      var to = new QualifiedName(table.schema(), cursor.identifier());
      return List.of(new RenameRelation(line, from, ObjectName.of(kind, to)));
    }
    if (cursor.accept("set", "schema")) {
      var to = new QualifiedName(cursor.identifier(), table.name());
      return List.of(new RenameRelation(line, from, ObjectName.of(kind, to)));
    }
    if (cursor.accept("rename", "constraint")) {
      String old = cursor.identifier();
      cursor.expect("to");
      return List.of(
          new RenameObject(
              line,
              ObjectName.inside(ObjectKind.CONSTRAINT, table, old),
              ObjectName.inside(ObjectKind.CONSTRAINT, table, cursor.identifier())));
    }
    if (cursor.accept("rename")) {
      cursor.accept("column");
      String old = cursor.identifier();
      cursor.expect("to");
      return kind == ObjectKind.TABLE
          ? List.of(new RenameColumn(line, table, old, cursor.identifier()))
          : redefine();
    }
    if (kind != ObjectKind.TABLE) {
      return redefine();
    }
    var operations = new ArrayList<SchemaOperation>();
    for (List<SqlToken> action : SqlCursor.splitAtCommas(cursor.rest())) {
      operations.addAll(action(table, new SqlCursor(action)));
    }
    if (ifExists && operations.stream().anyMatch(o -> !(o instanceof Drop))) {
      // whether the table is there decides
      throw new UnreadSqlException();
    }
    return operations;
  }

  private List<SchemaOperation> action(QualifiedName table, SqlCursor action)
      throws UnreadSqlException {
    if (action.accept("add")) {
      return add(table, action);
    }
    if (action.accept("drop")) {
      boolean constraint = action.accept("constraint");
      if (!constraint) {
        action.accept("column");
      }
      boolean ifExists = action.accept("if", "exists");
      ObjectName object =
          ObjectName.inside(
              constraint ? ObjectKind.CONSTRAINT : ObjectKind.COLUMN, table, action.identifier());
      return List.of(new Drop(line, object, ifExists, action.accept("cascade")));
    }
    return List.of(new AlterTable(line, table));
  }

  private List<SchemaOperation> add(QualifiedName table, SqlCursor action)
      throws UnreadSqlException {
    var parts = new TableParts();
    if (TableParts.opensConstraint(action.peek())) {
      List<SqlToken> declaration = action.rest();
      for (int i = 1; i < declaration.size(); i++) {
        if (declaration.get(i - 1).isWord("using") && declaration.get(i).isWord("index")) {
          return constraintOverIndex(table, declaration, i + 1);
        }
      }
      parts.read(declaration);
      return constraints(table, parts);
    }
    action.accept("column");
    boolean ifNotExists = action.accept("if", "not", "exists");
    parts.column(action);
    var operations = new ArrayList<SchemaOperation>();
    operations.add(new AddColumn(line, table, parts.columns().getFirst(), ifNotExists));
    operations.addAll(constraints(table, parts));
    return operations;
  }

  private List<SchemaOperation> constraints(QualifiedName table, TableParts parts) {
    return parts.constraints().stream()
        .<SchemaOperation>map(constraint -> new AddConstraint(line, table, constraint))
        .toList();
  }

  /** {@code ADD CONSTRAINT c UNIQUE USING INDEX i}: the index becomes the constraint's own. */
  private List<SchemaOperation> constraintOverIndex(
      QualifiedName table, List<SqlToken> declaration, int index) throws UnreadSqlException {
    var head = new SqlCursor(declaration);
    String indexName = new SqlCursor(declaration.subList(index, declaration.size())).identifier();
    String name = head.accept("constraint") ? head.identifier() : indexName;
    boolean primary = head.accept("primary");
    var constraint =
        new NewConstraint(
            primary
                ? SchemaOperation.ConstraintKind.PRIMARY_KEY
                : SchemaOperation.ConstraintKind.UNIQUE,
            Optional.of(name),
            List.of(),
            Optional.empty());
    return List.of(
        new Drop(
            line,
            ObjectName.of(ObjectKind.INDEX, new QualifiedName(table.schema(), indexName)),
            false,
            false),
        new AddConstraint(line, table, constraint));
  }
}
