package dev.stampguard.tool.django;

import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the expressions of one file plainly say. */
final class Literals {
  /** Longer chains of variables do not occur; a circle of them would not end otherwise. */
  private static final int LONGEST_CHAIN = 8;

  private final PythonModule module;
  private final Map<String, String> imports = new HashMap<>();
  private final Map<String, Expression> values = new HashMap<>();

  Literals(PythonModule module) {
    this.module = module;
    for (Statement statement : module.statements()) {
      if (statement instanceof Statement.Import imported) {
        imports.putAll(imported.names());
      } else if (statement instanceof Statement.Assign assign
          && assign.targets().size() == 1
          && assign.targets().getFirst() instanceof Expression.Name name) {
        values.put(name.id(), assign.value());
      }
    }
  }

  PythonModule module() {
    return module;
  }

  /** What a variable of the file stands for; any other expression itself. */
  Expression resolve(Expression expression) {
    Expression at = expression;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      if (at instanceof Expression.Name name && values.containsKey(name.id())) {
        at = values.get(name.id());
      } else {
        return at;
      }
    }
    return at;
  }

  /** The dotted path of a name as its import says; empty when it is none. */
  Optional<String> path(Expression expression) {
    if (expression instanceof Expression.Attribute attribute) {
      return path(attribute.target()).map(target -> target + "." + attribute.name());
    }
    return expression instanceof Expression.Name name
        ? Optional.of(imports.getOrDefault(name.id(), name.id()))
        : Optional.empty();
  }

  /** The last part of what is called; empty for no call. */
  String called(Expression expression) {
    return expression instanceof Expression.Call call
        ? path(call.function()).map(path -> path.substring(path.lastIndexOf('.') + 1)).orElse("")
        : "";
  }

  Optional<String> text(Expression expression) {
    return switch (resolve(expression)) {
      case Expression.Text text -> Optional.of(text.value());
      case Expression.Sum sum ->
          text(sum.left()).flatMap(left -> text(sum.right()).map(left::concat));
      case Expression other -> Optional.empty();
    };
  }

  /** The elements of a list, tuple or set; empty when they are not plainly there. */
  Optional<List<Expression>> items(Expression expression) {
    Expression resolved = resolve(expression);
    if (resolved instanceof Expression.Opaque opaque) {
      return module.braces(opaque).filter(b -> !b.isDictionary()).map(PythonModule.Braces::keys);
    }
    if (resolved instanceof Expression.Sum sum) {
      return items(sum.left())
          .flatMap(
              left ->
                  items(sum.right())
                      .map(right -> Stream.concat(left.stream(), right.stream()).toList()));
    }
    if (resolved instanceof Expression.Call call && called(call).equals("set")) {
      return call.arguments().isEmpty()
          ? Optional.of(List.of())
          : items(call.arguments().getFirst());
    }
    return resolved instanceof Expression.Items items
            && items.items().stream().noneMatch(Expression.Unpacked.class::isInstance)
        ? Optional.of(items.items())
        : Optional.empty();
  }

  /** A list of texts; empty when one of them is not plainly there. */
  Optional<List<String>> texts(Expression expression) {
    Optional<List<Expression>> items = items(expression);
    if (items.isEmpty()) {
      return Optional.empty();
    }
    var texts = new ArrayList<String>();
    for (Expression item : items.get()) {
      Optional<String> text = text(item);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text.get());
    }
    return Optional.of(texts);
  }

  /** A dictionary with texts as keys; empty when it is not plainly there. */
  Optional<Map<String, Expression>> dictionary(Expression expression) {
    if (!(resolve(expression) instanceof Expression.Opaque opaque)) {
      return Optional.empty();
    }
    Optional<PythonModule.Braces> braces = module.braces(opaque);
    if (braces.isEmpty() || (!braces.get().isDictionary() && !braces.get().keys().isEmpty())) {
      return Optional.empty();
    }
    var map = new LinkedHashMap<String, Expression>();
    for (int i = 0; i < braces.get().keys().size(); i++) {
      Optional<String> key = text(braces.get().keys().get(i));
      if (key.isEmpty()) {
        return Optional.empty();
      }
      map.put(key.get(), braces.get().values().get(i));
    }
    return Optional.of(map);
  }

  /** The argument at a position or under its keyword. */
  Optional<Expression> argument(Expression.Call call, int position, String keyword) {
    Expression named = call.keywords().get(keyword);
    if (named != null) {
      return Optional.of(named);
    }
    return position >= 0 && position < call.arguments().size()
        ? Optional.of(call.arguments().get(position))
        : Optional.empty();
  }

  /** A flag among keywords; its usual value where it is not given. */
  boolean flag(Map<String, Expression> keywords, String keyword, boolean usual) {
    Expression given = keywords.get(keyword);
    return given == null
        ? usual
        : resolve(given) instanceof Expression.Bool bool ? bool.value() : usual;
  }
}
