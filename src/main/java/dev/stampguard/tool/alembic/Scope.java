package dev.stampguard.tool.alembic;

import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.Span;
import dev.stampguard.tool.python.Statement;
import dev.stampguard.tool.python.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names known at one place of a script, and what can be told of expressions that use them. */
final class Scope {
  /** Longer chains of variables do not occur; a circle of them would not end otherwise. */
  private static final int LONGEST_CHAIN = 16;

  private final PythonModule module;
  private final Map<String, Binding> names;

  private Scope(PythonModule module, Map<String, Binding> names) {
    this.module = module;
    this.names = names;
  }

  /** The names a module has once it is loaded. */
  static Scope of(PythonModule module) {
    var scope = new Scope(module, new HashMap<>());
    module.statements().forEach(scope::declare);
    return scope;
  }

  /** The scope of a function called from here, or of a branch whose bindings must not leak. */
  Scope inner() {
    return new Scope(module, new HashMap<>(names));
  }

  /** Takes up the names a statement binds; those bound inside a block are unknown afterwards. */
  void declare(Statement statement) {
    switch (statement) {
      case Statement.Assign assign -> assign.targets().forEach(t -> assign(t, assign.value()));
      case Statement.Function function -> names.put(function.name(), new Binding.Local(function));
      case Statement.Import imported ->
          imported.names().forEach((name, path) -> names.put(name, new Binding.Imported(path)));
      case Statement.Definition definition -> names.remove(definition.name());
      case Statement.Conditional conditional ->
          conditional.branches().forEach(branch -> forget(branch.body()));
      case Statement.Compound compound -> {
        compound.heads().forEach(this::forgetTargets);
        compound.blocks().forEach(this::forget);
      }
      case Statement.With with -> forget(with.body());
      case Statement.Evaluate e -> {}
      case Statement.Leave e -> {}
      case Statement.Other e -> {}
    }
  }

  private void assign(Expression target, Expression value) {
    if (target instanceof Expression.Name name) {
      names.put(name.id(), new Binding.Value(value));
    } else if (target instanceof Expression.Items items) {
      items.items().forEach(item -> assign(item, new Expression.Opaque(value.span())));
    }
  }

  /** Binds what one branch of several may have bound: afterwards nobody knows to what. */
  private void forget(List<Statement> block) {
    for (Statement statement : block) {
      if (statement instanceof Statement.Assign assign) {
        var unknown = new Expression.Opaque(assign.span());
        assign.targets().forEach(target -> assign(target, unknown));
      } else {
        declare(statement);
      }
    }
  }

  /** The names before {@code in} of a loop's head. */
  private void forgetTargets(Expression head) {
    for (Token token : tokens(head.span())) {
      if (token.isName("in")) {
        return;
      }
      if (token.kind() == Token.Kind.NAME) {
        names.put(token.text(), new Binding.Value(new Expression.Opaque(head.span())));
      }
    }
  }

  void bind(String name, Binding binding) {
    names.put(name, binding);
  }

  Optional<Binding> find(String name) {
    return Optional.ofNullable(names.get(name));
  }

  List<Token> tokens(Span span) {
    return module.tokens(span);
  }

  /** The expression a variable stands for; any other expression itself. */
  Expression resolve(Expression expression) {
    Expression at = expression;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      if (at instanceof Expression.Name name
          && names.get(name.id()) instanceof Binding.Value(var value)) {
        at = value;
      } else {
        return at;
      }
    }
    return at;
  }

  /**
   * The dotted path of a name as its import says, such as {@code sqlalchemy.Column} for {@code
   * sa.Column}; empty when it starts with no name.
   */
  Optional<String> path(Expression expression) {
    if (expression instanceof Expression.Attribute attribute) {
      return path(attribute.target()).map(target -> target + "." + attribute.name());
    }
    if (!(expression instanceof Expression.Name name)) {
      return Optional.empty();
    }
    return switch (names.get(name.id())) {
      case Binding.Imported(var path) -> Optional.of(path);
      case Binding.Value(Expression.Attribute(var span, Expression.Name root, var last))
          when names.get(root.id()) instanceof Binding.Imported(var path) ->
          Optional.of(path + "." + last);
      case Binding.Value v -> Optional.of(name.id());
      case Binding.Local l -> Optional.of(name.id());
      case Binding.Batch b -> Optional.of(name.id());
      case null -> Optional.of(name.id());
    };
  }

  /** The last part of a called function's path, such as {@code Column}; empty for no call. */
  String calledName(Expression expression) {
    if (!(expression instanceof Expression.Call call)) {
      return "";
    }
    return path(call.function())
        .map(path -> path.substring(path.lastIndexOf('.') + 1))
        .orElseGet(
            () -> call.function() instanceof Expression.Attribute method ? method.name() : "");
  }

  /** The text an expression is known to give, or empty. */
  Optional<String> text(Expression expression) {
    Expression resolved = resolve(expression);
    if (resolved instanceof Expression.Text text) {
      return Optional.of(text.value());
    }
    if (resolved instanceof Expression.FormatText text) {
      return Templates.fill(text.template(), this);
    }
    if (resolved instanceof Expression.Sum sum) {
      return text(sum.left()).flatMap(left -> text(sum.right()).map(left::concat));
    }
    return resolved instanceof Expression.Call call ? textOfCall(call) : Optional.empty();
  }

  private Optional<String> textOfCall(Expression.Call call) {
    String name = calledName(call);
    return switch (name) {
      case "text", "DDL", "dedent", "quoted_name" ->
          call.arguments().isEmpty() ? Optional.empty() : text(call.arguments().getFirst());
      case "f", "conv" ->
          call.arguments().isEmpty()
              ? Optional.empty()
              : text(call.arguments().getFirst()).map(SqlAlchemyNames::truncate);
      case "strip", "execution_options", "bindparams" ->
          call.function() instanceof Expression.Attribute method
              ? text(method.target())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The elements of a literal list, or of a variable that holds one; empty when unknown. */
  Optional<List<Expression>> items(Expression expression) {
    if (!(resolve(expression) instanceof Expression.Items items)) {
      return Optional.empty();
    }
    var all = new ArrayList<Expression>();
    for (Expression item : items.items()) {
      if (item instanceof Expression.Unpacked unpacked) {
        Optional<List<Expression>> inner = items(unpacked.value());
        if (inner.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(inner.get());
      } else {
        all.add(item);
      }
    }
    return Optional.of(all);
  }
}
