package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.Redefine;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.Span;
import dev.stampguard.tool.python.Statement;
import dev.stampguard.tool.python.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a script's {@code upgrade()} does to the schema, without running it. What always
 * happens is read; what a condition, a loop or a value known only at run time decides is {@link
 * Unreadable}, unless it plainly leaves the schema alone.
 */
final class UpgradeReader {
  private final Scope scope;

  /** Functions being read, so that recursion ends. */
  private final Set<String> calling;

  /** Nothing further runs. */
  private boolean left;

  /** An earlier branch may have returned, so whether anything further runs is not known. */
  private boolean mayHaveLeft;

  private UpgradeReader(Scope scope, Set<String> calling) {
    this.scope = scope;
    this.calling = calling;
  }

  static List<SchemaOperation> read(PythonModule module) {
    Scope scope = Scope.of(module);
    if (!(scope.find("upgrade").orElse(null) instanceof Binding.Local(var upgrade))) {
      return List.of(new Unreadable(1, "the script has no function `upgrade`", Set.of()));
    }
    return new UpgradeReader(scope.inner(), new HashSet<>(Set.of("upgrade"))).block(upgrade.body());
  }

  private List<SchemaOperation> block(List<Statement> statements) {
    var operations = new ArrayList<SchemaOperation>();
    for (Statement statement : statements) {
      if (left) {
        break;
      }
      boolean certain = !mayHaveLeft;
      List<SchemaOperation> done = statement(statement);
      if (certain || !changesNames(done)) {
        operations.addAll(done);
      } else {
        operations.add(
            unreadable(statement.span(), "an earlier `return` decides whether this runs"));
      }
    }
    return operations;
  }

  private List<SchemaOperation> statement(Statement statement) {
    return switch (statement) {
      case Statement.Assign assign -> {
        List<SchemaOperation> operations = effects(assign.value(), false);
        scope.declare(assign);
        yield operations;
      }
      case Statement.Evaluate evaluate -> effects(evaluate.value(), true);
      case Statement.With with -> with(with);
      case Statement.Conditional conditional -> conditional(conditional);
      case Statement.Compound compound -> {
        List<SchemaOperation> operations = new ArrayList<>();
        compound.heads().forEach(head -> operations.addAll(effects(head, false)));
        String reason = "a `" + compound.keyword() + "` decides what happens";
        scope.declare(compound);
        operations.addAll(uncertain(compound.span(), reason, compound.blocks()));
        yield operations;
      }
      case Statement.Leave leave -> {
        List<SchemaOperation> operations =
            leave.value().map(value -> effects(value, false)).orElse(List.of());
        left = true;
        yield operations;
      }
      case Statement.Function f -> declared(f);
      case Statement.Definition d -> declared(d);
      case Statement.Import i -> declared(i);
      case Statement.Other o -> List.of();
    };
  }

  private List<SchemaOperation> declared(Statement statement) {
    scope.declare(statement);
    return List.of();
  }

  private Unreadable unreadable(Span span, String reason) {
    return new Unreadable(span.line(), reason, Words.mayDrop(span, scope));
  }

  // Blocks

  private List<SchemaOperation> with(Statement.With with) {
    boolean transparent = true;
    for (Statement.Context context : with.contexts()) {
      String called = scope.calledName(context.value());
      if (called.equals("batch_alter_table")) {
        transparent &= bindBatch(context);
      } else {
        transparent &= Calls.TRANSPARENT_CONTEXTS.contains(called);
        context.target().ifPresent(target -> forget(target, context.value()));
      }
    }
    return transparent
        ? block(with.body())
        : uncertain(with.span(), "a `with` decides what happens", List.of(with.body()));
  }

  private void forget(Expression target, Expression value) {
    scope.declare(new Statement.Assign(value.span(), List.of(target), value));
  }

  private boolean bindBatch(Statement.Context context) {
    if (!(context.value() instanceof Expression.Call call)
        || !(context.target().orElse(null) instanceof Expression.Name name)) {
      return false;
    }
    try {
      QualifiedName table = new Arguments(call, scope).relation("schema", 0, "table_name");
      scope.bind(name.id(), new Binding.Batch(table));
      return !call.keywords().containsKey("recreate")
          || "auto".equals(new Arguments(call, scope).text(-1, "recreate"));
    } catch (UnreadCallException e) {
      return false;
    }
  }

  private List<SchemaOperation> conditional(Statement.Conditional conditional) {
    for (Statement.Branch branch : conditional.branches()) {
      Optional<Boolean> holds =
          branch.condition().isEmpty()
              ? Optional.of(true)
              : DialectTest.decide(branch.condition().get(), scope);
      if (holds.isEmpty()) {
        return undecided(conditional);
      }
      if (holds.get()) {
        return block(branch.body());
      }
    }
    return List.of();
  }

  private List<SchemaOperation> undecided(Statement.Conditional conditional) {
    var operations = new ArrayList<SchemaOperation>();
    for (Statement.Branch branch : conditional.branches()) {
      branch.condition().ifPresent(condition -> operations.addAll(effects(condition, false)));
    }
    operations.addAll(
        uncertain(
            conditional.span(),
            "an `if` decides what happens",
            conditional.branches().stream().map(Statement.Branch::body).toList()));
    scope.declare(conditional);
    return operations;
  }

  /** Blocks of which nobody knows whether or how often they run. */
  private List<SchemaOperation> uncertain(Span span, String reason, List<List<Statement>> blocks) {
    var effects = new ArrayList<SchemaOperation>();
    boolean returns = false;
    for (List<Statement> block : blocks) {
      var reader = new UpgradeReader(scope.inner(), calling);
      effects.addAll(reader.block(block));
      returns |= reader.mayHaveLeft || (reader.left && !raises(block));
    }
    mayHaveLeft |= returns;
    return changesNames(effects) ? List.of(unreadable(span, reason)) : effects;
  }

  /** Whether it matters to the names in the catalog that the operations run. */
  private static boolean changesNames(List<SchemaOperation> operations) {
    return operations.stream().anyMatch(operation -> !(operation instanceof Redefine));
  }

  private static boolean raises(List<Statement> block) {
    return block.stream().anyMatch(s -> s instanceof Statement.Leave leave && leave.raises());
  }

  // Expressions

  /**
   * @param alone whether the expression is a statement of its own, so that a function nobody knows
   *     was called for what it does and not for what it returns
   */
  private List<SchemaOperation> effects(Expression expression, boolean alone) {
    return switch (expression) {
      case Expression.Call call -> call(call, alone);
      case Expression.Attribute attribute -> effects(attribute.target(), false);
      case Expression.Items items -> all(items.items());
      case Expression.Sum sum -> all(List.of(sum.left(), sum.right()));
      case Expression.Unpacked unpacked -> effects(unpacked.value(), false);
      case Expression.Opaque opaque -> opaque(opaque.span());
      case Expression.FormatText text -> List.of();
      case Expression.Name n -> List.of();
      case Expression.Text t -> List.of();
      case Expression.Numeral n -> List.of();
      case Expression.Bool b -> List.of();
      case Expression.None n -> List.of();
    };
  }

  private List<SchemaOperation> all(Iterable<Expression> expressions) {
    var operations = new ArrayList<SchemaOperation>();
    expressions.forEach(expression -> operations.addAll(effects(expression, false)));
    return operations;
  }

  private List<SchemaOperation> call(Expression.Call call, boolean alone) {
    String path = scope.path(call.function()).orElse("");
    if (path.startsWith("alembic.op.")) {
      return operation(call, path.substring("alembic.op.".length()), Optional.empty());
    }
    if (call.function() instanceof Expression.Attribute method) {
      if (method.target() instanceof Expression.Name name
          && scope.find(name.id()).orElse(null) instanceof Binding.Batch(var table)) {
        return operation(call, method.name(), Optional.of(table));
      }
      if (Calls.EXECUTING.contains(method.name())) {
        return withParts(call, new Execution(call, scope).read());
      }
      if (Calls.MAKING.contains(method.name())) {
        return withParts(call, making(call, method));
      }
      if (Calls.UNSEEN.contains(method.name())) {
        return List.of(
            unreadable(call.span(), "what `" + method.name() + "` does is not in the script"));
      }
      if (Calls.CHANGING.matcher(method.name()).lookingAt() && isUnknown(method.target())) {
        return List.of(
            unreadable(call.span(), "what `" + method.name() + "` is called on is not known"));
      }
    }
    if (call.function() instanceof Expression.Name name) {
      if (scope.find(name.id()).orElse(null) instanceof Binding.Local(var function)) {
        return withParts(call, helper(call, function));
      }
      if (Calls.EVALUATING.contains(name.id()) && alone) {
        return List.of(unreadable(call.span(), "`" + name.id() + "` decides what happens"));
      }
    }
    List<SchemaOperation> parts = withParts(call, List.of());
    return parts.isEmpty() && alone && isForeign(call.function())
        ? List.of(unreadable(call.span(), "it calls `" + path + "`, which is not in the script"))
        : parts;
  }

  /** The effects of what the call is made of, and then its own. */
  private List<SchemaOperation> withParts(Expression.Call call, List<SchemaOperation> own) {
    var operations = new ArrayList<SchemaOperation>();
    if (call.function() instanceof Expression.Attribute method) {
      operations.addAll(effects(method.target(), false));
    } else if (call.function() instanceof Expression.Call
        || call.function() instanceof Expression.Opaque) {
      operations.addAll(effects(call.function(), true));
    }
    operations.addAll(all(call.arguments()));
    operations.addAll(all(call.keywords().values()));
    operations.addAll(own);
    return operations;
  }

  private List<SchemaOperation> operation(
      Expression.Call call, String name, Optional<QualifiedName> batch) {
    if (name.equals("execute")) {
      return withParts(call, new Execution(call, scope).read());
    }
    try {
      return new OperationReader(call, scope, batch).read(name);
    } catch (UnreadCallException e) {
      return List.of(unreadable(call.span(), "`op." + name + "`: " + e.getMessage()));
    }
  }

  /** {@code x.create(bind)} and {@code x.drop(bind)}, which are understood of enums. */
  private List<SchemaOperation> making(Expression.Call call, Expression.Attribute method) {
    try {
      Optional<EnumType> type = EnumType.of(method.target(), scope);
      if (type.isPresent() && type.get().isNative()) {
        return List.of(
            method.name().equals("create")
                ? new SchemaOperation.CreateObject(call.line(), type.get().object(""), true)
                : new SchemaOperation.Drop(call.line(), type.get().object(""), true, false));
      }
    } catch (UnreadCallException e) {
      return List.of(unreadable(call.span(), e.getMessage()));
    }
    return List.of(
        unreadable(call.span(), "what `" + method.name() + "` is called on is not understood"));
  }

  /** A function of the same script: read in place when the call hands it nothing. */
  private List<SchemaOperation> helper(Expression.Call call, Statement.Function function) {
    if (!calling.add(function.name())) {
      return List.of(unreadable(call.span(), "`" + function.name() + "` calls itself"));
    }
    List<SchemaOperation> operations =
        new UpgradeReader(scope.inner(), calling).block(function.body());
    calling.remove(function.name());
    boolean plain = !function.takesArguments() && call.arguments().isEmpty();
    return plain || !changesNames(operations)
        ? operations
        : List.of(
            unreadable(
                call.span(), "what `" + function.name() + "` does depends on its arguments"));
  }

  /** Whether this is a name that nothing in the script binds: the parameter of a function. */
  private boolean isUnknown(Expression target) {
    return target instanceof Expression.Name name && scope.find(name.id()).isEmpty();
  }

  private boolean isForeign(Expression function) {
    Expression root = function;
    while (root instanceof Expression.Attribute attribute) {
      root = attribute.target();
    }
    return root instanceof Expression.Name name
        && scope.find(name.id()).orElse(null) instanceof Binding.Imported(var path)
        && !Calls.isHarmless(path);
  }

  /** An expression this reader has no word for: harmless unless its words say otherwise. */
  private List<SchemaOperation> opaque(Span span) {
    List<Token> tokens = scope.tokens(span);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).kind() != Token.Kind.NAME) {
        continue;
      }
      boolean called = i + 1 < tokens.size() && tokens.get(i + 1).isOperator("(");
      boolean method = i > 0 && tokens.get(i - 1).isOperator(".");
      if ((called && isRisky(tokens, i, method)) || tokens.get(i).isName("globals")) {
        return List.of(unreadable(span, "the expression is not understood"));
      }
    }
    return List.of();
  }

  private boolean isRisky(List<Token> tokens, int at, boolean method) {
    String name = tokens.get(at).text();
    if (!method) {
      return scope.find(name).orElse(null) instanceof Binding.Local(var helper)
          ? !readsOnly(helper)
          : Calls.EVALUATING.contains(name) && !name.equals("getattr");
    }
    if (Calls.EXECUTING.contains(name)) {
      return !Execution.isOnData(tokens);
    }
    boolean onOp =
        at >= 2
            && scope.find(tokens.get(at - 2).text()).orElse(null)
                instanceof Binding.Imported(var path)
            && path.equals("alembic.op");
    boolean onlyAsks = name.startsWith("get_") || name.equals("f");
    return Calls.MAKING.contains(name) || Calls.UNSEEN.contains(name) || (onOp && !onlyAsks);
  }

  private boolean readsOnly(Statement.Function helper) {
    return calling.contains(helper.name())
        || new UpgradeReader(scope.inner(), withCall(helper)).block(helper.body()).isEmpty();
  }

  private Set<String> withCall(Statement.Function helper) {
    var inner = new HashSet<>(calling);
    inner.add(helper.name());
    return inner;
  }
}
