package dev.stampguard.tool.sql;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.CreateIndex;
import dev.stampguard.tool.SchemaOperation.CreateInside;
import dev.stampguard.tool.SchemaOperation.CreateObject;
import dev.stampguard.tool.SchemaOperation.CreateTable;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code CREATE …}; the verb is already taken. */
final class CreateStatement {
  private final SqlCursor cursor;
  private final int line;

  CreateStatement(SqlCursor cursor, int line) {
    this.cursor = cursor;
    this.line = line;
  }

  List<SchemaOperation> read() throws UnreadSqlException {
    boolean replace = cursor.accept("or", "replace");
    cursor.acceptAny("global", "local");
    if (cursor.acceptAny("temporary", "temp")) {
      return List.of();
    }
    cursor.acceptAny("unlogged", "recursive", "constraint", "trusted");
    boolean unique = cursor.accept("unique");
    if (cursor.accept("table")) {
      return table();
    }
    if (cursor.accept("index")) {
      return index();
    }
    if (unique) {
      throw new UnreadSqlException();
    }
    if (cursor.accept("materialized", "view")) {
      return object(ObjectKind.MATERIALIZED_VIEW, false);
    }
    SqlToken kind = cursor.next();
    return switch (kind.text()) {
      case "view" -> object(ObjectKind.VIEW, replace);
      case "type" -> type();
      case "domain" -> object(ObjectKind.TYPE, false);
      case "sequence" -> object(ObjectKind.SEQUENCE, false);
      case "schema" -> schema();
      case "extension" -> extension();
      case "function", "procedure" -> function(replace);
      case "trigger" -> trigger();
      case "policy" -> inside(ObjectKind.POLICY, cursor.identifier());
      case "role",
          "user",
          "group",
          "rule",
          "cast",
          "statistics",
          "publication",
          "subscription",
          "server",
          "event",
          "collation",
          "database",
          "tablespace" ->
          List.of();
      default -> throw new UnreadSqlException();
    };
  }

  private List<SchemaOperation> object(ObjectKind kind, boolean replace) throws UnreadSqlException {
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    ObjectName name = ObjectName.of(kind, cursor.qualifiedName());
    return List.of(new CreateObject(line, name, ifNotExists || replace));
  }

  private List<SchemaOperation> schema() throws UnreadSqlException {
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    cursor.accept("authorization");
    String name = cursor.identifier();
    if (cursor.accept("authorization")) {
      cursor.identifier();
    }
    if (!cursor.atEnd()) {
      throw new UnreadSqlException();
    }
    return List.of(new CreateObject(line, ObjectName.of(ObjectKind.SCHEMA, name), ifNotExists));
  }

  private List<SchemaOperation> extension() throws UnreadSqlException {
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    ObjectName name = ObjectName.of(ObjectKind.EXTENSION, cursor.identifier());
    return List.of(new CreateObject(line, name, ifNotExists));
  }

  private List<SchemaOperation> function(boolean replace) throws UnreadSqlException {
    QualifiedName name = cursor.qualifiedName();
    String arguments = SqlTypes.arguments(cursor.group());
    return List.of(
        new CreateObject(
            line, ObjectName.function(name.schema(), name.name(), arguments), replace));
  }

  private List<SchemaOperation> trigger() throws UnreadSqlException {
    String name = cursor.identifier();
    while (!cursor.peek().isWord("on")) {
      cursor.next();
    }
    return inside(ObjectKind.TRIGGER, name);
  }

  private List<SchemaOperation> inside(ObjectKind kind, String name) throws UnreadSqlException {
    cursor.expect("on");
    QualifiedName relation = cursor.qualifiedName();
    return List.of(new CreateInside(line, relation, ObjectName.inside(kind, relation, name)));
  }

  private List<SchemaOperation> table() throws UnreadSqlException {
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    QualifiedName table = cursor.qualifiedName();
    var parts = new TableParts();
    boolean complete = cursor.peek().isSymbol("(");
    if (complete) {
      for (List<SqlToken> part : SqlCursor.splitAtCommas(cursor.group())) {
        if (part.getFirst().isWord("like")) {
          complete = false;
        } else {
          parts.read(part);
        }
      }
      complete &= !cursor.peek().isWord("inherits") && !cursor.peek().isWord("as");
    }
    var operations = new ArrayList<SchemaOperation>();
    operations.add(
        new CreateTable(line, table, ifNotExists, parts.columns(), parts.constraints(), List.of()));
    if (!complete) {
      operations.add(
          new Unreadable(
              line, "table `" + table.name() + "` takes columns from elsewhere", Set.of()));
    }
    return operations;
  }

  private List<SchemaOperation> index() throws UnreadSqlException {
    cursor.accept("concurrently");
    boolean ifNotExists = cursor.accept("if", "not", "exists");
    Optional<String> name =
        cursor.peek().isWord("on") ? Optional.empty() : Optional.of(cursor.identifier());
    cursor.expect("on");
    cursor.accept("only");
    QualifiedName table = cursor.qualifiedName();
    if (cursor.accept("using")) {
      cursor.identifier();
    }
    var columns = new ArrayList<String>();
    var mentions = new HashSet<String>();
    boolean plain = true;
    for (List<SqlToken> element : SqlCursor.splitAtCommas(cursor.group())) {
      SqlToken first = element.getFirst();
      if (first.isIdentifier() && (element.size() == 1 || !element.get(1).isSymbol("("))) {
        columns.add(first.text());
      } else {
        plain = false;
        mentions.addAll(TableParts.words(element));
      }
    }
    if (name.isEmpty() && !plain) {
      // PostgreSQL names it after its expressions
      throw new UnreadSqlException();
    }
    mentions.addAll(TableParts.words(cursor.rest()));
    return List.of(
        new CreateIndex(line, table, new NewIndex(name, columns, mentions), ifNotExists));
  }

  /** Enums and composite types are objects; a range type is not one of the contract's kinds. */
  private List<SchemaOperation> type() throws UnreadSqlException {
    List<SchemaOperation> created = object(ObjectKind.TYPE, false);
    return cursor.accept("as", "range") ? List.of() : created;
  }
}
