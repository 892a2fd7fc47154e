package dev.stampguard.tool.liquibase;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.sql.SqlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a changeset does to the schema, in terms of existence. */
final class OperationReader {
  /** What changes rows at most, and nothing that has a name. */
  private static final Set<String> ROWS =
      Set.of(
          "insert",
          "update",
          "delete",
          "loadData",
          "loadUpdateData",
          "stop",
          "tagDatabase",
          "output",
          "empty");

  private static final Set<String> ALTERING =
      Set.of(
          "addAutoIncrement",
          "addDefaultValue",
          "addNotNullConstraint",
          "dropDefaultValue",
          "dropNotNullConstraint",
          "modifyDataType",
          "setColumnRemarks",
          "setTableRemarks");

  private final Optional<String> schema;
  private final SchemaOperation.Program program;
  private final List<SchemaOperation> done = new ArrayList<>();

  private OperationReader(Optional<String> schema, SchemaOperation.Program program) {
    this.schema = schema;
    this.program = program;
  }

  /**
   * Reads a changeset.
   *
   * @param schema where names without a schema go; empty for wherever the search path has them
   * @param program what is to be said of what only Liquibase can run
   */
  static List<SchemaOperation> read(
      ChangeSet set, Optional<String> schema, SchemaOperation.Program program) {
    var reader = new OperationReader(schema, program);
    if (set.isConditional()) {
      reader.done.add(new SchemaOperation.Conditional(set.line()));
    }
    for (ChangeSet.Change change : set.changes()) {
      switch (change) {
        case ChangeSet.Sql sql ->
            ChangelogBook.pieces(sql)
                .forEach(piece -> reader.done.addAll(SqlReader.read(piece.sql(), piece.line())));
        case ChangeSet.Other(var node) -> reader.change(node);
      }
    }
    if (set.isModified()) {
      reader.unread(set.line(), "its SQL is changed before it runs");
    }
    return List.copyOf(reader.done);
  }

  private void unread(int line, String reason) {
    done.add(new SchemaOperation.Unreadable(line, reason, Set.of()).asProgram(program));
  }

  /** An attribute that must be there. */
  private static final class MissingAttributeException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingAttributeException(String name) {
      super("it has no `%s`".formatted(name));
    }
  }

  private void change(Node node) {
    try {
      read(node);
    } catch (MissingAttributeException e) {
      unread(node.line(), "`%s`: %s".formatted(node.name(), e.getMessage()));
    }
  }

  private static String name(Node node, String key) throws MissingAttributeException {
    return Names.folded(node.value(key).orElseThrow(() -> new MissingAttributeException(key)));
  }

  private QualifiedName relation(Node node, String key) throws MissingAttributeException {
    return relation(node, key, "schemaName");
  }

  private QualifiedName relation(Node node, String key, String schemaKey)
      throws MissingAttributeException {
    String in =
        node.value(schemaKey)
            .map(Names::folded)
            .or(() -> schema)
            .orElse(SchemaOperation.SEARCH_PATH);
    return new QualifiedName(in, name(node, key));
  }

  private static List<String> columns(Node node, String key) throws MissingAttributeException {
    String names = node.value(key).orElseThrow(() -> new MissingAttributeException(key));
    return Arrays.stream(names.split(",")).map(String::strip).map(Names::folded).toList();
  }

  private void read(Node node) throws MissingAttributeException {
    int line = node.line();
    switch (node.name()) {
      case "createTable" -> createTable(node);
      case "addColumn" -> addColumn(node);
      case "dropTable" -> drop(line, ObjectName.of(ObjectKind.TABLE, relation(node, "tableName")));
      case "renameTable" -> {
        QualifiedName from = relation(node, "oldTableName");
        rename(line, ObjectKind.TABLE, from, name(node, "newTableName"));
      }
      case "dropColumn" -> {
        QualifiedName table = relation(node, "tableName");
        if (node.value("columnName").isPresent()) {
          drop(line, ObjectName.inside(ObjectKind.COLUMN, table, name(node, "columnName")));
        }
        for (Node column : node.children("column").toList()) {
          drop(line, ObjectName.inside(ObjectKind.COLUMN, table, name(column, "name")));
        }
      }
      case "renameColumn" ->
          done.add(
              new SchemaOperation.RenameColumn(
                  line,
                  relation(node, "tableName"),
                  name(node, "oldColumnName"),
                  name(node, "newColumnName")));
      case "createIndex" -> createIndex(node);
      case "dropIndex" -> drop(line, ObjectName.of(ObjectKind.INDEX, relation(node, "indexName")));
      case "addForeignKeyConstraint" ->
          add(
              line,
              relation(node, "baseTableName", "baseTableSchemaName"),
              new NewConstraint(
                  ConstraintKind.FOREIGN_KEY,
                  Optional.of(name(node, "constraintName")),
                  columns(node, "baseColumnNames"),
                  Optional.of(relation(node, "referencedTableName", "referencedTableSchemaName"))));
      case "addPrimaryKey" -> constraint(node, ConstraintKind.PRIMARY_KEY);
      case "addUniqueConstraint" -> constraint(node, ConstraintKind.UNIQUE);
      case "dropForeignKeyConstraint" ->
          drop(
              line,
              ObjectName.inside(
                  ObjectKind.CONSTRAINT,
                  relation(node, "baseTableName", "baseTableSchemaName"),
                  name(node, "constraintName")));
      case "dropPrimaryKey", "dropUniqueConstraint" ->
          drop(
              line,
              ObjectName.inside(
                  ObjectKind.CONSTRAINT,
                  relation(node, "tableName"),
                  name(node, "constraintName")));
      case "createSequence" ->
          create(line, ObjectKind.SEQUENCE, relation(node, "sequenceName"), false);
      case "dropSequence" ->
          drop(line, ObjectName.of(ObjectKind.SEQUENCE, relation(node, "sequenceName")));
      case "renameSequence" ->
          done.add(
              new SchemaOperation.RenameObject(
                  line,
                  ObjectName.of(ObjectKind.SEQUENCE, relation(node, "oldSequenceName")),
                  ObjectName.of(ObjectKind.SEQUENCE, relation(node, "newSequenceName"))));
      case "createView" ->
          create(
              line,
              ObjectKind.VIEW,
              relation(node, "viewName"),
              node.flag("replaceIfExists", false));
      case "dropView" -> drop(line, ObjectName.of(ObjectKind.VIEW, relation(node, "viewName")));
      case "renameView" ->
          rename(line, ObjectKind.VIEW, relation(node, "oldViewName"), name(node, "newViewName"));
      default -> {
        if (node.name().equals("createProcedure") && node.value("path").isEmpty()) {
          String text = node.value("procedureText").orElse(node.text());
          done.addAll(SqlReader.read(text, line));
        } else if (ALTERING.contains(node.name())) {
          done.add(new SchemaOperation.AlterTable(line, relation(node, "tableName")));
        } else if (!ROWS.contains(node.name())) {
          unread(line, "what `%s` does is known only when it runs".formatted(node.name()));
        }
      }
    }
  }

  private void drop(int line, ObjectName object) {
    done.add(new SchemaOperation.Drop(line, object, false, true));
  }

  private void create(int line, ObjectKind kind, QualifiedName name, boolean mayBeThere) {
    done.add(new SchemaOperation.CreateObject(line, ObjectName.of(kind, name), mayBeThere));
  }

  private void rename(int line, ObjectKind kind, QualifiedName from, String to) {
    done.add(
        new SchemaOperation.RenameRelation(
            line,
            ObjectName.of(kind, from),
            ObjectName.of(kind, new QualifiedName(from.schema(), to))));
  }

  private void add(int line, QualifiedName table, NewConstraint constraint) {
    done.add(new SchemaOperation.AddConstraint(line, table, constraint));
  }

  private void constraint(Node node, ConstraintKind kind) throws MissingAttributeException {
    add(
        node.line(),
        relation(node, "tableName"),
        new NewConstraint(
            kind,
            node.value("constraintName").map(Names::folded),
            columns(node, "columnNames"),
            Optional.empty()));
  }

  private void createIndex(Node node) throws MissingAttributeException {
    var columns = new ArrayList<String>();
    var mentions = new TreeSet<String>();
    for (Node column : node.children("column").toList()) {
      if (column.flag("computed", false)) {
        mentions.addAll(SqlReader.identifiers(name(column, "name")));
      } else {
        columns.add(name(column, "name"));
      }
    }
    done.add(
        new SchemaOperation.CreateIndex(
            node.line(),
            relation(node, "tableName"),
            new NewIndex(node.value("indexName").map(Names::folded), columns, mentions),
            false));
  }

  private void createTable(Node node) throws MissingAttributeException {
    QualifiedName table = relation(node, "tableName");
    var columns = new ArrayList<String>();
    var constraints = new ArrayList<NewConstraint>();
    var keys = new ArrayList<String>();
    Optional<String> keyName = Optional.empty();
    for (Node column : node.children("column").toList()) {
      String name = name(column, "name");
      columns.add(name);
      for (Node declared : column.children("constraints").toList()) {
        if (declared.flag("primaryKey", false)) {
          keys.add(name);
          keyName = keyName.or(() -> declared.value("primaryKeyName").map(Names::folded));
        }
        constraints.addAll(constraints(declared, name));
      }
    }
    if (!keys.isEmpty()) {
      constraints.add(
          new NewConstraint(ConstraintKind.PRIMARY_KEY, keyName, keys, Optional.empty()));
    }
    done.add(
        new SchemaOperation.CreateTable(
            node.line(), table, node.flag("ifNotExists", false), columns, constraints, List.of()));
  }

  /** Those of a column but its primary key. */
  private List<NewConstraint> constraints(Node declared, String column) {
    var constraints = new ArrayList<NewConstraint>();
    if (declared.flag("unique", false)) {
      constraints.add(
          new NewConstraint(
              ConstraintKind.UNIQUE,
              declared.value("uniqueConstraintName").map(Names::folded),
              List.of(column),
              Optional.empty()));
    }
    Optional<String> referenced =
        declared
            .value("referencedTableName")
            .or(() -> declared.value("references").map(text -> text.replaceFirst("\\(.*", "")))
            .map(String::strip)
            .map(Names::folded);
    if (declared.value("foreignKeyName").isPresent() && referenced.isPresent()) {
      String[] parts = referenced.get().split("\\.", 2);
      constraints.add(
          new NewConstraint(
              ConstraintKind.FOREIGN_KEY,
              declared.value("foreignKeyName").map(Names::folded),
              List.of(column),
              Optional.of(
                  parts.length == 2
                      ? new QualifiedName(parts[0], parts[1])
                      : new QualifiedName(schema.orElse(SchemaOperation.SEARCH_PATH), parts[0]))));
    }
    if (declared.value("checkConstraint").isPresent()) {
      unread(declared.line(), "a check is known only when it runs");
    }
    return constraints;
  }

  private void addColumn(Node node) throws MissingAttributeException {
    QualifiedName table = relation(node, "tableName");
    for (Node column : node.children("column").toList()) {
      String name = name(column, "name");
      done.add(new SchemaOperation.AddColumn(column.line(), table, name, false));
      for (Node declared : column.children("constraints").toList()) {
        if (declared.flag("primaryKey", false)) {
          add(
              column.line(),
              table,
              new NewConstraint(
                  ConstraintKind.PRIMARY_KEY,
                  declared.value("primaryKeyName").map(Names::folded),
                  List.of(name),
                  Optional.empty()));
        }
        constraints(declared, name).forEach(each -> add(column.line(), table, each));
      }
    }
  }
}
