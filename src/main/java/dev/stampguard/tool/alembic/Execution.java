package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.CreateObject;
import dev.stampguard.tool.SchemaOperation.Drop;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.Token;
import dev.stampguard.tool.sql.SqlReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A call that hands a statement to the database: literal SQL or one of SQLAlchemy's constructs. */
final class Execution {
  private final Expression.Call call;
  private final Arguments arguments;
  private final Scope scope;

  Execution(Expression.Call call, Scope scope) {
    this.call = call;
    this.arguments = new Arguments(call, scope);
    this.scope = scope;
  }

  /** What the statement does to the schema. */
  List<SchemaOperation> read() {
    try {
      Optional<Expression> statement =
          arguments.find(0, "sqltext", "statement", "object_", "clause", "sql");
      if (statement.isEmpty()) {
        return List.of();
      }
      Optional<String> sql = scope.text(statement.get());
      if (sql.isPresent()) {
        return SqlReader.read(sql.get(), lineOf(statement.get()));
      }
      return construct(statement.get());
    } catch (UnreadCallException e) {
      return List.of(unreadable());
    }
  }

  private Unreadable unreadable() {
    return new Unreadable(
        call.line(),
        "the statement it executes is known only when the script runs",
        Words.mayDrop(call.span(), scope));
  }

  /** The line the text itself starts on, which may be below the call's. */
  private int lineOf(Expression statement) {
    List<Token> tokens = scope.tokens(call.span());
    boolean literal = statement.span().from() >= call.span().from();
    return literal
        ? tokens.stream()
            .filter(token -> token.kind() == Token.Kind.STRING)
            .mapToInt(Token::line)
            .findFirst()
            .orElse(call.line())
        : call.line();
  }

  private List<SchemaOperation> construct(Expression statement) throws UnreadCallException {
    if (isOnData(statement) || isOnData(scope.tokens(statement.span()))) {
      return List.of();
    }
    if (statement instanceof Expression.Call ddl && !ddl.arguments().isEmpty()) {
      Expression element = scope.resolve(ddl.arguments().getFirst());
      switch (scope.calledName(ddl)) {
        case "CreateSchema" -> {
          return List.of(new CreateObject(call.line(), schema(new Arguments(ddl, scope)), true));
        }
        case "DropSchema" -> {
          var options = new Arguments(ddl, scope);
          return List.of(new Drop(call.line(), schema(options), true, options.flag("cascade")));
        }
        case "CreateSequence" -> {
          return List.of(new CreateObject(call.line(), sequence(element), true));
        }
        case "DropSequence" -> {
          return List.of(new Drop(call.line(), sequence(element), true, false));
        }
        default -> {
          // a construct that is not understood
        }
      }
    }
    return List.of(unreadable());
  }

  private static ObjectName schema(Arguments ddl) throws UnreadCallException {
    return ObjectName.of(ObjectKind.SCHEMA, ddl.text(0, "name"));
  }

  private ObjectName sequence(Expression element) throws UnreadCallException {
    if (!(element instanceof Expression.Call sequence)) {
      throw new UnreadCallException("its sequence is known only when the script runs");
    }
    QualifiedName name = new Arguments(sequence, scope).relation("schema", 0, "name");
    return ObjectName.of(ObjectKind.SEQUENCE, name);
  }

  /** Whether a chain of calls such as {@code users.update().values(…)} makes DML or a query. */
  private boolean isOnData(Expression statement) {
    Expression at = scope.resolve(statement);
    while (at instanceof Expression.Call link) {
      if (Calls.ON_DATA.contains(scope.calledName(link))) {
        return true;
      }
      at =
          link.function() instanceof Expression.Attribute method
              ? scope.resolve(method.target())
              : link.function();
    }
    return false;
  }

  /**
   * Whether a piece of script whose texts are not all known still plainly holds only statements on
   * data: what is known of the texts reads as such.
   */
  static boolean isOnData(List<Token> tokens) {
    var known = new StringBuilder();
    boolean constructs = false;
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.STRING) {
        known.append(token.stringContent());
      }
      constructs |= token.kind() == Token.Kind.NAME && Calls.ON_DATA.contains(token.text());
    }
    return known.isEmpty() ? constructs : opensOnData(known.toString());
  }

  private static boolean opensOnData(String sql) {
    String verb = sql.strip().split("\\W", 2)[0].toLowerCase(Locale.ROOT);
    return (Calls.ON_DATA.contains(verb) || verb.equals("with"))
        && SqlReader.read(sql, 1).isEmpty();
  }
}
