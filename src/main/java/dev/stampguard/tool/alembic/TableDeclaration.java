package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what SQLAlchemy's column and constraint objects declare for one table. A part that can
 * not be read is noted, and the others stay: the table is made all the same.
 */
final class TableDeclaration {
  private static final Set<String> SPATIAL = Set.of("Geometry", "Geography", "Raster");

  private final QualifiedName table;
  private final Scope scope;
  private final List<String> columns = new ArrayList<>();
  private final List<String> primaryKey = new ArrayList<>();
  private final List<NewConstraint> constraints = new ArrayList<>();
  private final List<NewConstraint> altering = new ArrayList<>();
  private final List<NewIndex> indexes = new ArrayList<>();
  private final List<EnumType> enums = new ArrayList<>();
  private final Map<Expression, String> unread = new LinkedHashMap<>();
  private boolean explicitPrimaryKey;

  TableDeclaration(QualifiedName table, Scope scope) {
    this.table = table;
    this.scope = scope;
  }

  List<String> columns() {
    return columns;
  }

  /** Columns declared with {@code primary_key=True}, in order. */
  List<String> primaryKey() {
    return primaryKey;
  }

  /** Every constraint, the primary key first. */
  List<NewConstraint> constraints() {
    var all = new ArrayList<NewConstraint>();
    if (!explicitPrimaryKey && !primaryKey.isEmpty()) {
      all.add(constraint(ConstraintKind.PRIMARY_KEY, Optional.empty(), primaryKey));
    }
    all.addAll(constraints);
    return all;
  }

  List<NewIndex> indexes() {
    return indexes;
  }

  /** Foreign keys with {@code use_alter}, which are not made along with their table. */
  List<NewConstraint> altering() {
    return altering;
  }

  /** The enums its columns use. */
  List<EnumType> enums() {
    return enums;
  }

  /** The parts that were not understood, each with the reason. */
  Map<Expression, String> unread() {
    return unread;
  }

  /** Reads one argument of {@code create_table}, or a list unpacked there. */
  void read(Expression part) {
    if (part instanceof Expression.Unpacked unpacked) {
      Optional<List<Expression>> items = scope.items(unpacked.value());
      items.ifPresentOrElse(
          list -> list.forEach(this::read),
          () -> unread.put(part, "some of its columns are known only when the script runs"));
      return;
    }
    try {
      readPart(scope.resolve(part));
    } catch (UnreadCallException e) {
      unread.put(part, e.getMessage());
    }
  }

  private void readPart(Expression part) throws UnreadCallException {
    if (!(part instanceof Expression.Call call)) {
      throw new UnreadCallException("some of its columns are known only when the script runs");
    }
    var arguments = new Arguments(call, scope);
    switch (scope.calledName(call)) {
      case "Column" -> column(call, arguments);
      case "PrimaryKeyConstraint" -> {
        constraints.addFirst(
            constraint(ConstraintKind.PRIMARY_KEY, name(arguments), texts(call.arguments())));
        explicitPrimaryKey = true;
      }
      case "UniqueConstraint" ->
          constraints.add(
              constraint(ConstraintKind.UNIQUE, name(arguments), texts(call.arguments())));
      case "ForeignKeyConstraint" ->
          foreignKeys(arguments)
              .add(
                  new NewConstraint(
                      ConstraintKind.FOREIGN_KEY,
                      arguments.optionalText(2, "name"),
                      arguments.texts(0, "columns"),
                      Optional.of(referent(arguments.texts(1, "refcolumns").getFirst()))));
      case "CheckConstraint" ->
          constraints.add(check(arguments, arguments.optionalText(1, "name")));
      case "ExcludeConstraint" -> constraints.add(exclusion(call.arguments(), name(arguments)));
      case "Index" -> indexes.add(index(arguments, call.arguments()));
      default ->
          throw new UnreadCallException(
              "it has a part `" + scope.calledName(call) + "` that is not understood");
    }
  }

  /** Where a foreign key goes: SQLAlchemy leaves out of CREATE TABLE what uses ALTER. */
  private List<NewConstraint> foreignKeys(Arguments arguments) throws UnreadCallException {
    return arguments.flag("use_alter") ? altering : constraints;
  }

  private static Optional<String> name(Arguments arguments) throws UnreadCallException {
    return arguments.optionalText(-1, "name");
  }

  private NewConstraint constraint(ConstraintKind kind, Optional<String> name, List<String> on) {
    return new NewConstraint(kind, name, on, Optional.empty());
  }

  private List<String> texts(List<Expression> arguments) throws UnreadCallException {
    var texts = new ArrayList<String>();
    for (Expression argument : arguments) {
      if (argument instanceof Expression.Unpacked unpacked) {
        texts.addAll(
            texts(
                scope
                    .items(unpacked.value())
                    .orElseThrow(() -> new UnreadCallException("its columns are not literal"))));
      } else {
        texts.add(
            scope
                .text(argument)
                .orElseThrow(() -> new UnreadCallException("its columns are not literal")));
      }
    }
    return texts;
  }

  private void column(Expression.Call call, Arguments arguments) throws UnreadCallException {
    String column = arguments.text(0, "name");
    columns.add(column);
    if (arguments.flag("primary_key")) {
      primaryKey.add(column);
    }
    if (arguments.flag("index")) {
      indexes.add(
          new NewIndex(
              Optional.of(SqlAlchemyNames.index(table, column)), List.of(column), Set.of()));
    } else if (arguments.flag("unique")) {
      constraints.add(constraint(ConstraintKind.UNIQUE, Optional.empty(), List.of(column)));
    }
    int first = call.keywords().containsKey("name") ? 0 : 1;
    for (int i = first; i < call.arguments().size(); i++) {
      columnPart(column, call.arguments().get(i));
    }
    Optional<Expression> type = arguments.find("type_");
    if (type.isPresent()) {
      columnPart(column, type.get());
    }
  }

  /** A column's type, or a constraint declared on it. */
  private void columnPart(String column, Expression part) throws UnreadCallException {
    Expression resolved = scope.resolve(part);
    if (part instanceof Expression.Unpacked) {
      throw new UnreadCallException(
          "column `" + column + "` has parts that are known only when the script runs");
    }
    if (!(resolved instanceof Expression.Call call)) {
      return;
    }
    var arguments = new Arguments(call, scope);
    String called = scope.calledName(call);
    switch (called) {
      case "ForeignKey" ->
          foreignKeys(arguments)
              .add(
                  new NewConstraint(
                      ConstraintKind.FOREIGN_KEY,
                      name(arguments),
                      List.of(column),
                      Optional.of(referent(arguments.text(0, "column")))));
      case "CheckConstraint" ->
          constraints.add(check(arguments, arguments.optionalText(1, "name")));
      default -> type(column, call, arguments, called);
    }
  }

  private void type(String column, Expression.Call call, Arguments arguments, String called)
      throws UnreadCallException {
    Optional<EnumType> found = EnumType.of(call, scope);
    if (found.isPresent()) {
      EnumType type = found.get();
      enums.add(type);
      if (!type.isNative() && type.checked()) {
        constraints.add(constraint(ConstraintKind.CHECK, type.name(), List.of(column)));
      }
    } else if (SPATIAL.contains(called) && arguments.flag("spatial_index", true)) {
      // GeoAlchemy 2 adds the index from an event on the table
      indexes.add(
          new NewIndex(
              Optional.of("idx_" + table.name() + "_" + column), List.of(column), Set.of()));
    }
  }

  /** The table in {@code table.column} or {@code schema.table.column}. */
  private static QualifiedName referent(String column) throws UnreadCallException {
    String[] parts = column.split("\\.");
    return switch (parts.length) {
      case 2 -> new QualifiedName(SchemaOperation.SEARCH_PATH, parts[0]);
      case 3 -> new QualifiedName(parts[0], parts[1]);
      default -> throw new UnreadCallException("it references `" + column + "`");
    };
  }

  /** A CHECK constraint; its expression may be built from objects when it has a name. */
  private NewConstraint check(Arguments arguments, Optional<String> name)
      throws UnreadCallException {
    Optional<Expression> condition = arguments.find(0, "sqltext");
    if (condition.isEmpty() || (name.isEmpty() && scope.text(condition.get()).isEmpty())) {
      throw new UnreadCallException("its check is known only when the script runs");
    }
    return constraint(
        ConstraintKind.CHECK, name, List.copyOf(Words.identifiers(condition.get().span(), scope)));
  }

  /** An exclusion constraint over {@code (column, operator)} pairs. */
  NewConstraint exclusion(List<Expression> elements, Optional<String> name)
      throws UnreadCallException {
    var on = new ArrayList<String>();
    for (Expression element : elements) {
      Optional<String> column =
          scope.items(element).filter(i -> !i.isEmpty()).map(List::getFirst).flatMap(scope::text);
      if (column.isPresent()) {
        on.add(column.get());
      } else if (name.isEmpty()) {
        throw new UnreadCallException("its elements are known only when the script runs");
      }
    }
    return constraint(ConstraintKind.EXCLUSION, name, on);
  }

  private NewIndex index(Arguments arguments, List<Expression> all) throws UnreadCallException {
    return index(arguments.optionalText(0, "name"), all.subList(1, all.size()), arguments);
  }

  /**
   * An index over columns and expressions.
   *
   * @param name its name; without one SQLAlchemy's convention names it after the first column
   */
  NewIndex index(Optional<String> name, List<Expression> elements, Arguments arguments)
      throws UnreadCallException {
    var plain = new ArrayList<String>();
    var mentions = new HashSet<String>();
    for (Expression element : elements) {
      Expression resolved = scope.resolve(element);
      if (resolved instanceof Expression.Text text) {
        plain.add(text.value());
      } else {
        mentions.addAll(Words.identifiers(resolved.span(), scope));
      }
    }
    for (String keyword : List.of("postgresql_where", "postgresql_include")) {
      Optional<Expression> option = arguments.find(keyword);
      option.ifPresent(found -> mentions.addAll(Words.identifiers(found.span(), scope)));
    }
    if (name.isEmpty() && (plain.isEmpty() || !mentions.isEmpty())) {
      throw new UnreadCallException("its index has no name");
    }
    String known = name.orElseGet(() -> SqlAlchemyNames.index(table, plain.getFirst()));
    return new NewIndex(Optional.of(known), plain, mentions);
  }
}
