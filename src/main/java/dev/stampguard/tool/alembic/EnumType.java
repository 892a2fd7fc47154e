package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.python.Expression;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code sa.Enum(…)} or {@code postgresql.ENUM(…)}.
 *
 * @param name its name; empty when it has none
 * @param schema its schema, {@link SchemaOperation#SEARCH_PATH} when it names none
 * @param inheritsSchema whether it takes the schema of the table it is used in
 * @param isNative whether PostgreSQL gets a type for it
 * @param createdWithTable whether SQLAlchemy creates the type along with a table that uses it
 * @param checked whether a type that is not native gets a CHECK constraint
 */
record EnumType(
    Optional<String> name,
    String schema,
    boolean inheritsSchema,
    boolean isNative,
    boolean createdWithTable,
    boolean checked) {

  /** The enum an expression makes, looking into an array's element type; empty for others. */
  static Optional<EnumType> of(Expression expression, Scope scope) throws UnreadCallException {
    if (!(scope.resolve(expression) instanceof Expression.Call call)) {
      return Optional.empty();
    }
    return switch (scope.calledName(call)) {
      case "ARRAY" ->
          call.arguments().isEmpty() ? Optional.empty() : of(call.arguments().getFirst(), scope);
      case "Enum" -> Optional.of(read(call, scope, true));
      case "ENUM" -> Optional.of(read(call, scope, false));
      default -> Optional.empty();
    };
  }

  /** SQLAlchemy's generic Enum ignores {@code create_type}; only PostgreSQL's own heeds it. */
  private static EnumType read(Expression.Call call, Scope scope, boolean generic)
      throws UnreadCallException {
    var arguments = new Arguments(call, scope);
    Optional<String> name = arguments.optionalText(-1, "name");
    if (name.isEmpty() && call.arguments().size() == 1) {
      name = className(call.arguments().getFirst(), scope);
    }
    return new EnumType(
        name,
        arguments.optionalText(-1, "schema").orElse(SchemaOperation.SEARCH_PATH),
        arguments.flag("inherit_schema"),
        arguments.flag("native_enum", true),
        generic || arguments.flag("create_type", true),
        arguments.flag("create_constraint"));
  }

  /** An enum made from a Python class is named after it. */
  private static Optional<String> className(Expression argument, Scope scope) {
    return argument instanceof Expression.Name || argument instanceof Expression.Attribute
        ? scope
            .path(scope.resolve(argument))
            .map(path -> path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** The type's name in the catalog, when used in a table of this schema. */
  ObjectName object(String tableSchema) throws UnreadCallException {
    String own = inheritsSchema && schema.isEmpty() ? tableSchema : schema;
    String known = name.orElseThrow(() -> new UnreadCallException("its enum type has no name"));
    return ObjectName.of(ObjectKind.TYPE, new QualifiedName(own, known));
  }
}
