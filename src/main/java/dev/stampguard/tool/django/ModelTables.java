package dev.stampguard.tool.django;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.django.FieldInfo.Kind;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import dev.stampguard.tool.django.ModelState.Model;
import dev.stampguard.tool.django.ModelState.Referenced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the tables of models consist of. */
final class ModelTables {
  private final ModelState state;

  ModelTables(ModelState state) {
    this.state = state;
  }

  /** Where a table is: Django leaves the schema to the search path. */
  static QualifiedName table(String name) {
    return new QualifiedName(SchemaOperation.SEARCH_PATH, name);
  }

  /** The constraints of a column, as they are made with it. */
  List<NewConstraint> constraints(String table, FieldInfo field) {
    var constraints = new ArrayList<NewConstraint>();
    List<String> columns = List.of(field.column());
    if (field.isKey()) {
      constraints.add(constraint(ConstraintKind.PRIMARY_KEY, Optional.empty(), columns));
    }
    if (field.isUnique()) {
      constraints.add(constraint(ConstraintKind.UNIQUE, Optional.empty(), columns));
    }
    if (field.isChecked()) {
      constraints.add(constraint(ConstraintKind.CHECK, Optional.empty(), columns));
    }
    foreignKey(table, field).ifPresent(constraints::add);
    return constraints;
  }

  static NewConstraint constraint(
      ConstraintKind kind, Optional<String> name, List<String> columns) {
    return new NewConstraint(kind, name, columns, Optional.empty());
  }

  Optional<NewConstraint> foreignKey(String table, FieldInfo field) {
    return field
        .target()
        .filter(target -> field.kind() == Kind.COLUMN && field.isConstrained())
        .flatMap(target -> state.referenced(target, field.targetColumn()))
        .map(to -> foreignKey(table, field.column(), to));
  }

  /** Of a table that is another app's nothing is said: no migration here makes it. */
  private static NewConstraint foreignKey(String table, String column, Referenced to) {
    String suffix = "_fk_" + to.table() + "_" + to.column();
    return new NewConstraint(
        ConstraintKind.FOREIGN_KEY,
        Optional.of(DjangoNames.index(table, List.of(column), suffix)),
        List.of(column),
        to.isOwn() ? Optional.of(table(to.table())) : Optional.empty());
  }

  /** Whether a foreign key has a name that cannot be told. */
  boolean isUnnamed(FieldInfo field) {
    return field.isConstrained()
        && field
            .target()
            .filter(target -> state.referenced(target, field.targetColumn()).isEmpty())
            .isPresent();
  }

  List<NewIndex> indexes(String table, FieldInfo field) {
    var indexes = new ArrayList<NewIndex>();
    if (field.isIndexed() && !field.isUnique() && !field.isKey()) {
      indexes.add(index(table, List.of(field.column()), ""));
    }
    if ((field.isIndexed() || field.isUnique() || field.isKey()) && state.isText(field)) {
      indexes.add(index(table, List.of(field.column()), "_like"));
    }
    return indexes;
  }

  static NewIndex index(String table, List<String> columns, String suffix) {
    return new NewIndex(Optional.of(DjangoNames.index(table, columns, suffix)), columns, Set.of());
  }

  /** The table that joins two models. */
  static String joinTable(Model model, String name, FieldInfo field) {
    return field.table().orElseGet(() -> DjangoNames.table(model.table + "_" + name));
  }

  /** The column of a joining table that points at the model which declares the field. */
  static String fromColumn(ModelKey from, ModelKey to) {
    return (from.name().equals(to.name()) ? "from_" : "") + from.name() + "_id";
  }

  static String toColumn(ModelKey from, ModelKey to) {
    return (from.name().equals(to.name()) ? "to_" : "") + to.name() + "_id";
  }

  /** The foreign key of one side of a joining table. */
  Optional<NewConstraint> joinKey(
      ModelKey key, Model model, String name, FieldInfo field, boolean isFrom) {
    ModelKey to = field.target().orElseThrow();
    String column = isFrom ? fromColumn(key, to) : toColumn(key, to);
    return state
        .referenced(isFrom ? key : to, Optional.empty())
        .filter(found -> field.isConstrained())
        .map(found -> foreignKey(joinTable(model, name, field), column, found));
  }

  SchemaOperation join(int line, ModelKey key, Model model, String name, FieldInfo field) {
    ModelKey to = field.target().orElseThrow();
    String table = joinTable(model, name, field);
    List<String> columns = List.of(fromColumn(key, to), toColumn(key, to));
    var constraints = new ArrayList<NewConstraint>();
    constraints.add(constraint(ConstraintKind.PRIMARY_KEY, Optional.empty(), List.of("id")));
    constraints.add(
        constraint(
            ConstraintKind.UNIQUE,
            Optional.of(DjangoNames.index(table, columns, "_uniq")),
            columns));
    var indexes = new ArrayList<NewIndex>();
    for (int i = 0; i < 2; i++) {
      Optional<Referenced> target = state.referenced(i == 0 ? key : to, Optional.empty());
      String column = columns.get(i);
      if (field.isConstrained()) {
        target.ifPresent(found -> constraints.add(foreignKey(table, column, found)));
      }
      indexes.add(index(table, List.of(column), ""));
      if (target.filter(Referenced::isText).isPresent()) {
        indexes.add(index(table, List.of(column), "_like"));
      }
    }
    return new SchemaOperation.CreateTable(
        line,
        table(table),
        false,
        List.of("id", columns.get(0), columns.get(1)),
        constraints,
        indexes);
  }
}
