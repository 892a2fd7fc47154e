package dev.stampguard.expectation.replay;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import java.util.Optional;

/**
 * Something with a name of its own that a script puts into a table it did not make.
 *
 * @param relation the table, as the script names it
 * @param kind column, constraint or index
 */
record Addition(QualifiedName relation, ObjectKind kind, String name) {
  static Optional<Addition> of(SchemaOperation operation) {
    return switch (operation) {
      case SchemaOperation.AddColumn add ->
          Optional.of(new Addition(add.table(), ObjectKind.COLUMN, add.column()));
      case SchemaOperation.AddConstraint add ->
          add.constraint()
              .name()
              .map(name -> new Addition(add.table(), ObjectKind.CONSTRAINT, name));
      case SchemaOperation.CreateIndex create ->
          create.index().name().map(name -> new Addition(create.table(), ObjectKind.INDEX, name));
      case SchemaOperation.CreateTable o -> Optional.empty();
      case SchemaOperation.CreateObject o -> Optional.empty();
      case SchemaOperation.CreateInside o -> Optional.empty();
      case SchemaOperation.Drop o -> Optional.empty();
      case SchemaOperation.RenameRelation o -> Optional.empty();
      case SchemaOperation.RenameColumn o -> Optional.empty();
      case SchemaOperation.RenameObject o -> Optional.empty();
      case SchemaOperation.AlterTable o -> Optional.empty();
      case SchemaOperation.Redefine o -> Optional.empty();
      case SchemaOperation.Conditional o -> Optional.empty();
      case SchemaOperation.SetSearchPath o -> Optional.empty();
      case SchemaOperation.Unreadable o -> Optional.empty();
    };
  }

  /** Its name in a table that the script's name stands for. */
  ObjectName in(QualifiedName table) {
    return kind == ObjectKind.INDEX
        ? ObjectName.of(kind, table.schema(), name)
        : ObjectName.inside(kind, table, name);
  }
}
