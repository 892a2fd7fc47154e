package dev.stampguard.tool.alembic;

import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.PythonSyntaxException;
import dev.stampguard.tool.python.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads from {@code env.py} where the version table is: nothing but its calls of {@code
 * context.configure} can move it. Only literal arguments, constants and keys of the ini file are
 * understood; where the name is computed it is not known, and stampguard's own configuration says
 * it.
 */
final class EnvFile {
  private static final String DEFAULT_TABLE = "alembic_version";

  private final AlembicSettings settings;
  private Optional<String> table = Optional.empty();
  private Optional<String> schema = Optional.empty();

  /** The line where the table's name is computed, when it is. */
  private Optional<Integer> computed = Optional.empty();

  private EnvFile(AlembicSettings settings) {
    this.settings = settings;
  }

  static LedgerLocation ledger(Path scripts, AlembicSettings settings) {
    var env = new EnvFile(settings);
    try {
      PythonModule module = PythonModule.parse(Files.readString(scripts.resolve("env.py")));
      env.statements(module.statements(), Scope.of(module));
    } catch (IOException | PythonSyntaxException e) {
      // Alembic will complain about it; the scripts can be read without
      return new LedgerLocation(Optional.empty(), DEFAULT_TABLE);
    }
    return new LedgerLocation(
        env.schema,
        env.table.orElse(DEFAULT_TABLE),
        env.computed.map(line -> scripts.getFileName() + "/env.py:" + line));
  }

  private void statements(List<Statement> statements, Scope scope) {
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Function function -> statements(function.body(), scope.inner());
        case Statement.With with -> statements(with.body(), scope);
        case Statement.Conditional conditional ->
            conditional.branches().forEach(branch -> statements(branch.body(), scope));
        case Statement.Compound compound ->
            compound.blocks().forEach(block -> statements(block, scope));
        case Statement.Assign assign -> scope.declare(assign);
        case Statement.Evaluate evaluate -> expression(evaluate.value(), scope);
        case Statement.Leave leave -> leave.value().ifPresent(value -> expression(value, scope));
        case Statement.Import i -> scope.declare(i);
        case Statement.Definition d -> {}
        case Statement.Other o -> {}
      }
    }
  }

  private void expression(Expression expression, Scope scope) {
    if (!(expression instanceof Expression.Call call)) {
      return;
    }
    if (scope.calledName(call).equals("configure")) {
      table = table.or(() -> argument(call, "version_table", scope));
      if (table.isEmpty() && call.keywords().containsKey("version_table")) {
        computed = Optional.of(call.keywords().get("version_table").span().line());
      }
      schema = schema.or(() -> argument(call, "version_table_schema", scope));
    }
    expression(call.function(), scope);
    call.arguments().forEach(argument -> expression(argument, scope));
  }

  private Optional<String> argument(Expression.Call call, String keyword, Scope scope) {
    Expression value = call.keywords().get(keyword);
    if (value == null) {
      return Optional.empty();
    }
    Expression resolved = scope.resolve(value);
    Optional<String> text = scope.text(resolved);
    return text.isPresent() ? text : option(resolved, scope);
  }

  /** {@code config.get_main_option("key", "default")}. */
  private Optional<String> option(Expression value, Scope scope) {
    if (!(value instanceof Expression.Call call)
        || !scope.calledName(call).equals("get_main_option")
        || call.arguments().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> configured = scope.text(call.arguments().getFirst()).flatMap(settings::option);
    return configured.isPresent() || call.arguments().size() < 2
        ? configured
        : scope.text(call.arguments().get(1));
  }
}
