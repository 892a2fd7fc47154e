package dev.stampguard.tool.python;

import java.util.List;
import java.util.Optional;

/**
 * One Python file.
 *
 * @param statements its statements in order
 * @param tokens its tokens, which {@link Span} points into
 */
public record PythonModule(List<Statement> statements, List<Token> tokens) {
  public PythonModule {
    statements = List.copyOf(statements);
    tokens = List.copyOf(tokens);
  }

  /**
   * Reads Python.
   *
   * @param source the file's text; a byte order mark and any kind of line end are fine
   * @throws PythonSyntaxException when Python would refuse it
   */
  public static PythonModule parse(String source) throws PythonSyntaxException {
    String text = source.startsWith("\ufeff") ? source.substring(1) : source;
    List<Token> tokens = Tokenizer.tokens(text.replace("\r\n", "\n").replace('\r', '\n'));
    return new PythonModule(new Parser(tokens).module(), tokens);
  }

  /** The string the file opens with. */
  public Optional<String> docstring() {
    return !statements.isEmpty()
            && statements.getFirst() instanceof Statement.Evaluate(var span, Expression.Text text)
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /**
   * What stands in a display in braces: a set, or a dictionary.
   *
   * @param keys the elements of a set, the keys of a dictionary
   * @param values those of a dictionary, as many as keys; none of a set
   */
  public record Braces(List<Expression> keys, List<Expression> values) {
    public Braces {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
    }

    /** Whether it maps keys to values. */
    public boolean isDictionary() {
      return !keys.isEmpty() && keys.size() == values.size();
    }
  }

  /** What stands in a piece that is a plain set or dictionary; empty when it is none. */
  public Optional<Braces> braces(Expression.Opaque piece) {
    if (!tokens.get(piece.span().from()).isOperator("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Parser(tokens).inBraces(piece.span().from()));
    } catch (PythonSyntaxException e) {
      return Optional
          .empty(); // A comprehension, or something else that this reader has no word for.
    }
  }

  /** The tokens of a piece of this file. */
  public List<Token> tokens(Span span) {
    return tokens.subList(span.from(), span.to());
  }
}
