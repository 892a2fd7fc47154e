package dev.stampguard.tool.sql;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.Drop;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code DROP …}; the verb is already taken. */
final class DropStatement {
  private final SqlCursor cursor;
  private final int line;

  DropStatement(SqlCursor cursor, int line) {
    this.cursor = cursor;
    this.line = line;
  }

  List<SchemaOperation> read() throws UnreadSqlException {
    if (cursor.accept("materialized", "view")) {
      return objects(ObjectKind.MATERIALIZED_VIEW);
    }
    SqlToken kind = cursor.next();
    return switch (kind.text()) {
      case "table" -> objects(ObjectKind.TABLE);
      case "view" -> objects(ObjectKind.VIEW);
      case "index" -> {
        cursor.accept("concurrently");
        yield objects(ObjectKind.INDEX);
      }
      case "type", "domain" -> objects(ObjectKind.TYPE);
      case "sequence" -> objects(ObjectKind.SEQUENCE);
      case "schema" -> objects(ObjectKind.SCHEMA);
      case "extension" -> objects(ObjectKind.EXTENSION);
      case "function", "procedure", "routine" -> objects(ObjectKind.FUNCTION);
      case "trigger" -> inside(ObjectKind.TRIGGER);
      case "policy" -> inside(ObjectKind.POLICY);
      case "role",
          "user",
          "group",
          "rule",
          "cast",
          "statistics",
          "publication",
          "subscription",
          "event",
          "database",
          "tablespace" ->
          List.of();
      default -> throw new UnreadSqlException();
    };
  }

  private List<SchemaOperation> objects(ObjectKind kind) throws UnreadSqlException {
    boolean ifExists = cursor.accept("if", "exists");
    var names = new ArrayList<ObjectName>();
    do {
      names.add(name(kind));
    } while (cursor.acceptSymbol(","));
    boolean cascade = cascade();
    return names.stream()
        .<SchemaOperation>map(name -> new Drop(line, name, ifExists, cascade))
        .toList();
  }

  private boolean cascade() throws UnreadSqlException {
    boolean cascade = cursor.accept("cascade");
    cursor.accept("restrict");
    if (!cursor.atEnd()) {
      throw new UnreadSqlException();
    }
    return cascade;
  }

  private ObjectName name(ObjectKind kind) throws UnreadSqlException {
    return switch (kind) {
      case SCHEMA, EXTENSION -> ObjectName.of(kind, cursor.identifier());
      case FUNCTION -> {
        QualifiedName name = cursor.qualifiedName();
        String arguments = cursor.peek().isSymbol("(") ? SqlTypes.arguments(cursor.group()) : "";
        yield ObjectName.function(name.schema(), name.name(), arguments);
      }
      case TYPE, SEQUENCE, TABLE, INDEX, VIEW, MATERIALIZED_VIEW ->
          ObjectName.of(kind, cursor.qualifiedName());
      case COLUMN, CONSTRAINT, TRIGGER, POLICY -> throw new UnreadSqlException();
    };
  }

  private List<SchemaOperation> inside(ObjectKind kind) throws UnreadSqlException {
    boolean ifExists = cursor.accept("if", "exists");
    String name = cursor.identifier();
    cursor.expect("on");
    ObjectName object = ObjectName.inside(kind, cursor.qualifiedName(), name);
    return List.of(new Drop(line, object, ifExists, cascade()));
  }
}
