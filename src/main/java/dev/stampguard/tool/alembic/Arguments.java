package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.python.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of one call, by position or keyword.
 *
 * @param call the call
 * @param scope what its names stand for
 */
record Arguments(Expression.Call call, Scope scope) {
  /** The argument at a position or under one of its keywords; empty when it is not given. */
  Optional<Expression> find(int position, String... keywords) throws UnreadCallException {
    for (String keyword : keywords) {
      Expression named = call.keywords().get(keyword);
      if (named != null) {
        return Optional.of(scope.resolve(named));
      }
    }
    int last = Math.min(position, call.arguments().size() - 1);
    for (int i = 0; i <= last; i++) {
      if (call.arguments().get(i) instanceof Expression.Unpacked) {
        throw unread(keywords);
      }
    }
    return position >= 0 && position < call.arguments().size()
        ? Optional.of(scope.resolve(call.arguments().get(position)))
        : Optional.empty();
  }

  /** The keyword argument of this name. */
  Optional<Expression> find(String keyword) throws UnreadCallException {
    return find(-1, keyword);
  }

  /** A text that must be given. */
  String text(int position, String... keywords) throws UnreadCallException {
    return optionalText(position, keywords).orElseThrow(() -> unread(keywords));
  }

  /** A text that may be missing or {@code None}. */
  Optional<String> optionalText(int position, String... keywords) throws UnreadCallException {
    Optional<Expression> found = find(position, keywords);
    if (found.isEmpty() || found.get() instanceof Expression.None) {
      return Optional.empty();
    }
    return Optional.of(scope.text(found.get()).orElseThrow(() -> unread(keywords)));
  }

  /** The elements of a list that must be given. */
  List<Expression> items(int position, String... keywords) throws UnreadCallException {
    Optional<Expression> found = find(position, keywords);
    if (found.isEmpty()) {
      throw unread(keywords);
    }
    return scope.items(found.get()).orElseThrow(() -> unread(keywords));
  }

  /** A list of texts that must be given; one text alone is a list of one. */
  List<String> texts(int position, String... keywords) throws UnreadCallException {
    Optional<Expression> found = find(position, keywords);
    Optional<String> single = found.flatMap(scope::text);
    if (single.isPresent()) {
      return List.of(single.get());
    }
    var texts = new ArrayList<String>();
    for (Expression item : items(position, keywords)) {
      texts.add(scope.text(item).orElseThrow(() -> unread(keywords)));
    }
    return texts;
  }

  /** A flag that is false unless given. */
  boolean flag(String keyword) throws UnreadCallException {
    return flag(keyword, false);
  }

  boolean flag(String keyword, boolean otherwise) throws UnreadCallException {
    Optional<Expression> found = find(keyword);
    if (found.isEmpty()) {
      return otherwise;
    }
    return switch (found.get()) {
      case Expression.Bool bool -> bool.value();
      case Expression.None none -> false;
      case Expression other -> throw unread(keyword);
    };
  }

  /** A relation by the argument that names it and the one that names its schema. */
  QualifiedName relation(String schemaKeyword, int position, String... keywords)
      throws UnreadCallException {
    String schema = optionalText(-1, schemaKeyword).orElse(SchemaOperation.SEARCH_PATH);
    return new QualifiedName(schema, text(position, keywords));
  }

  private static UnreadCallException unread(String... keywords) {
    return new UnreadCallException(
        "its argument `" + keywords[0] + "` is known only when the script runs");
  }
}
