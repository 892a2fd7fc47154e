package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.Statement;

/** What a name in a script stands for at one place in it. */
sealed interface Binding {
  /** A variable and the expression it was last assigned. */
  record Value(Expression expression) implements Binding {}

  /** Something imported, by its dotted path. */
  record Imported(String path) implements Binding {}

  /** A function of the same script. */
  record Local(Statement.Function function) implements Binding {}

  /** The object {@code batch_alter_table} gives out for one table. */
  record Batch(QualifiedName table) implements Binding {}
}
