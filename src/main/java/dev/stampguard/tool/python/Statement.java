package dev.stampguard.tool.python;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A Python statement, as far as migration scripts are read. */
public sealed interface Statement {
  /** Where it stands, its blocks included. */
  Span span();

  /** The 1-based line it starts on. */
  default int line() {
    return span().line();
  }

  /**
   * {@code a = b = value}, {@code a: T = value} or {@code a += value}.
   *
   * @param value what is assigned; opaque after {@code +=} and its kin
   */
  record Assign(Span span, List<Expression> targets, Expression value) implements Statement {
    public Assign {
      targets = List.copyOf(targets);
      Objects.requireNonNull(value);
    }
  }

  /** An expression that stands alone, mostly a call. */
  record Evaluate(Span span, Expression value) implements Statement {}

  /**
   * A function.
   *
   * @param takesArguments whether it declares parameters
   */
  record Function(Span span, String name, boolean takesArguments, List<Statement> body)
      implements Statement {
    public Function {
      body = List.copyOf(body);
    }
  }

  /** A class. */
  record Definition(Span span, String name, List<Statement> body) implements Statement {
    public Definition {
      body = List.copyOf(body);
    }
  }

  record With(Span span, List<Context> contexts, List<Statement> body) implements Statement {
    public With {
      contexts = List.copyOf(contexts);
      body = List.copyOf(body);
    }
  }

  /** One {@code value as target} of a {@link With}. */
  record Context(Expression value, Optional<Expression> target) {}

  /** {@code if}, its {@code elif}s and its {@code else}. */
  record Conditional(Span span, List<Branch> branches) implements Statement {
    public Conditional {
      branches = List.copyOf(branches);
    }
  }

  /**
   * One branch of a {@link Conditional}.
   *
   * @param condition empty for {@code else}
   */
  record Branch(Optional<Expression> condition, List<Statement> body) {
    public Branch {
      body = List.copyOf(body);
    }
  }

  /**
   * Any other statement with blocks: {@code for}, {@code while}, {@code try}, {@code match}.
   *
   * @param keyword the word it opens with
   * @param heads the expressions between the keywords and the colons
   */
  record Compound(Span span, String keyword, List<Expression> heads, List<List<Statement>> blocks)
      implements Statement {
    public Compound {
      heads = List.copyOf(heads);
      blocks = blocks.stream().map(List::copyOf).toList();
    }
  }

  /** The end of a function, by {@code return} or an exception: nothing after it runs. */
  record Leave(Span span, boolean raises, Optional<Expression> value) implements Statement {}

  /**
   * {@code import m} or {@code from m import a as b}.
   *
   * @param names local name to what it stands for, such as {@code sa} to {@code sqlalchemy} or
   *     {@code b} to {@code m.a}
   */
  record Import(Span span, Map<String, String> names) implements Statement {
    public Import {
      names = Map.copyOf(names);
    }
  }

  /** {@code pass}, {@code del}, {@code assert}, {@code global}, {@code break} and the like. */
  record Other(Span span) implements Statement {}
}
