package dev.stampguard.tool.alembic;

import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.Token;
import java.util.List;
import java.util.Optional;

/**
 * Conditions on the database's dialect, such as {@code op.get_bind().dialect.name == "sqlite"}: the
 * only ones whose outcome is known, for the database is PostgreSQL.
 */
final class DialectTest {
  private static final String DIALECT = "postgresql";

  private DialectTest() {}

  /** Whether the condition holds; empty when it tests anything else. */
  static Optional<Boolean> decide(Expression condition, Scope scope) {
    List<Token> tokens = scope.tokens(condition.span());
    int operator = tokens.size() - 2;
    if (operator < 1
        || tokens.getLast().kind() != Token.Kind.STRING
        || !namesDialect(tokens.subList(0, operator), scope)) {
      return Optional.empty();
    }
    boolean same = tokens.getLast().stringContent().equals(DIALECT);
    return switch (tokens.get(operator).text()) {
      case "==" -> Optional.of(same);
      case "!=" -> Optional.of(!same);
      default -> Optional.empty();
    };
  }

  private static boolean namesDialect(List<Token> tokens, Scope scope) {
    if (tokens.stream().anyMatch(t -> t.isName("and") || t.isName("or") || t.isName("not"))) {
      return false;
    }
    if (tokens.size() == 1) {
      return scope.find(tokens.getFirst().text()).orElse(null)
              instanceof Binding.Value(Expression.Attribute attribute)
          && namesDialect(scope.tokens(attribute.span()), scope);
    }
    int last = tokens.size() - 1;
    return last >= 2
        && tokens.get(last).isName("name")
        && (tokens.get(last - 2).isName("dialect") || tokens.get(last - 2).isName("engine"));
  }
}
