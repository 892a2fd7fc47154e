package dev.stampguard.tool.python;

import dev.stampguard.tool.python.Statement.Branch;
import dev.stampguard.tool.python.Statement.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads statements and expressions by recursive descent. Every token is visited a bounded number of
 * times: what is no plain expression is skipped to its end, once, and becomes opaque.
 */
final class Parser {
  /** Statements nest by indentation, of which Python allows 100 levels. */
  private static final int DEEPEST = 100;

  private static final Set<String> SIMPLE =
      Set.of("pass", "del", "assert", "global", "nonlocal", "break", "continue");

  private static final Set<String> OPENERS = Set.of("for", "while", "try", "async");
  private static final Set<String> FOLLOWERS = Set.of("else", "except", "finally");

  private static final Set<String> AUGMENTED =
      Set.of("+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", ">>=", "<<=", "@=");

  /** Keywords an expression may open with that this reader has no word for. */
  private static final Set<String> OPERATOR_WORDS = Set.of("not", "await", "yield", "lambda");

  private final List<Token> tokens;
  private int at;
  private int depth;

  Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  List<Statement> module() throws PythonSyntaxException {
    var statements = new ArrayList<Statement>();
    while (peek().kind() != Token.Kind.END) {
      statement(statements);
    }
    return statements;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    return tokens.get(at++);
  }

  private boolean accept(String operator) {
    boolean found = peek().isOperator(operator);
    at += found ? 1 : 0;
    return found;
  }

  private boolean acceptName(String name) {
    boolean found = peek().isName(name);
    at += found ? 1 : 0;
    return found;
  }

  private void expect(String operator) throws PythonSyntaxException {
    if (!accept(operator)) {
      throw unexpected();
    }
  }

  private String expectName() throws PythonSyntaxException {
    if (peek().kind() != Token.Kind.NAME) {
      throw unexpected();
    }
    return next().text();
  }

  private PythonSyntaxException unexpected() {
    Token token = peek();
    return new PythonSyntaxException(
        token.line(),
        switch (token.kind()) {
          case NAME, NUMBER, STRING, OPERATOR -> "`" + token.text() + "` is not expected here";
          case NEWLINE, END -> "the line ends too early";
          case INDENT, DEDENT -> "the indentation is not expected here";
        });
  }

  private Span from(int start) {
    return new Span(tokens.get(start).line(), start, at);
  }

  // Statements

  private void statement(List<Statement> into) throws PythonSyntaxException {
    int start = at;
    Token first = peek();
    if (first.kind() == Token.Kind.NAME && tokens.get(at + 1).kind() != Token.Kind.END) {
      if (first.text().equals("async") && tokens.get(at + 1).kind() == Token.Kind.NAME) {
        at++;
      }
      switch (peek().text()) {
        case "def" -> {
          into.add(function(start));
          return;
        }
        case "class" -> {
          into.add(definition(start));
          return;
        }
        case "with" -> {
          into.add(with(start));
          return;
        }
        case "if" -> {
          into.add(conditional(start));
          return;
        }
        default -> {
          if (OPENERS.contains(peek().text())) {
            into.add(compound(start));
            return;
          }
        }
      }
    }
    if (first.isOperator("@")) {
      skipLine();
      return;
    }
    simpleStatements(into);
    if (peek().kind() == Token.Kind.INDENT) {
      // a soft keyword such as `match` opened a block
      int open = at;
      List<Statement> block = indented();
      into.add(
          new Statement.Compound(
              from(start),
              first.text(),
              List.of(new Expression.Opaque(new Span(first.line(), start, open))),
              List.of(block)));
    }
  }

  private void skipLine() {
    while (peek().kind() != Token.Kind.NEWLINE && peek().kind() != Token.Kind.END) {
      at++;
    }
    at += peek().kind() == Token.Kind.NEWLINE ? 1 : 0;
  }

  private List<Statement> block() throws PythonSyntaxException {
    expect(":");
    if (peek().kind() != Token.Kind.NEWLINE) {
      var line = new ArrayList<Statement>();
      simpleStatements(line);
      return line;
    }
    at++;
    if (peek().kind() != Token.Kind.INDENT) {
      throw new PythonSyntaxException(peek().line(), "an indented block is missing");
    }
    return indented();
  }

  private List<Statement> indented() throws PythonSyntaxException {
    if (++depth > DEEPEST) {
      throw new PythonSyntaxException(peek().line(), "blocks are nested too deeply");
    }
    at++;
    var statements = new ArrayList<Statement>();
    while (peek().kind() != Token.Kind.DEDENT) {
      statement(statements);
    }
    at++;
    depth--;
    return statements;
  }

  private Statement function(int start) throws PythonSyntaxException {
    at++;
    String name = expectName();
    if (accept("[")) {
      skipGroup();
    }
    expect("(");
    boolean takesArguments = !peek().isOperator(")");
    skipGroup();
    if (accept("->")) {
      expression();
    }
    List<Statement> body = block();
    return new Statement.Function(from(start), name, takesArguments, body);
  }

  private Statement definition(int start) throws PythonSyntaxException {
    at++;
    String name = expectName();
    if (accept("[")) {
      skipGroup();
    }
    if (accept("(")) {
      skipGroup();
    }
    List<Statement> body = block();
    return new Statement.Definition(from(start), name, body);
  }

  /** Skips to behind the bracket that closes the one just read. */
  private void skipGroup() {
    int open = 1;
    while (open > 0) {
      Token token = next();
      if (token.kind() == Token.Kind.OPERATOR) {
        switch (token.text()) {
          case "(", "[", "{" -> open++;
          case ")", "]", "}" -> open--;
          default -> {
            // inside
          }
        }
      }
    }
  }

  private Statement with(int start) throws PythonSyntaxException {
    at++;
    boolean bracketed = opensBracketedContexts();
    at += bracketed ? 1 : 0;
    List<Context> contexts = contexts(bracketed);
    if (bracketed) {
      expect(")");
    }
    List<Statement> body = block();
    return new Statement.With(from(start), contexts, body);
  }

  /** Whether a parenthesis opens here that closes right before the colon. */
  private boolean opensBracketedContexts() {
    if (!peek().isOperator("(")) {
      return false;
    }
    int open = at++;
    skipGroup();
    boolean colon = peek().isOperator(":");
    at = open;
    return colon;
  }

  private List<Context> contexts(boolean bracketed) throws PythonSyntaxException {
    var contexts = new ArrayList<Context>();
    do {
      if (bracketed && peek().isOperator(")")) {
        break;
      }
      Expression value = expression();
      Optional<Expression> target = acceptName("as") ? Optional.of(expression()) : Optional.empty();
      contexts.add(new Context(value, target));
    } while (accept(","));
    return contexts;
  }

  private Statement conditional(int start) throws PythonSyntaxException {
    var branches = new ArrayList<Branch>();
    do {
      at++;
      Expression condition = expression();
      branches.add(new Branch(Optional.of(condition), block()));
    } while (peek().isName("elif"));
    if (acceptName("else")) {
      branches.add(new Branch(Optional.empty(), block()));
    }
    return new Statement.Conditional(from(start), branches);
  }

  private Statement compound(int start) throws PythonSyntaxException {
    var heads = new ArrayList<Expression>();
    var blocks = new ArrayList<List<Statement>>();
    String keyword = peek().text();
    do {
      at++;
      if (!peek().isOperator(":")) {
        heads.add(opaque(at, true));
      }
      blocks.add(block());
    } while (peek().kind() == Token.Kind.NAME && FOLLOWERS.contains(peek().text()));
    return new Statement.Compound(from(start), keyword, heads, blocks);
  }

  private void simpleStatements(List<Statement> into) throws PythonSyntaxException {
    do {
      if (peek().kind() == Token.Kind.NEWLINE) {
        break;
      }
      into.add(simpleStatement());
    } while (accept(";"));
    if (peek().kind() != Token.Kind.NEWLINE) {
      throw unexpected();
    }
    at++;
  }

  private Statement simpleStatement() throws PythonSyntaxException {
    int start = at;
    Token first = peek();
    if (first.kind() == Token.Kind.NAME) {
      switch (first.text()) {
        case "import", "from" -> {
          return importStatement(start);
        }
        case "return", "raise" -> {
          at++;
          boolean alone = peek().kind() == Token.Kind.NEWLINE || peek().isOperator(";");
          Optional<Expression> value = alone ? Optional.empty() : Optional.of(expressions());
          skipSimple();
          return new Statement.Leave(from(start), first.text().equals("raise"), value);
        }
        default -> {
          if (SIMPLE.contains(first.text())) {
            skipSimple();
            return new Statement.Other(from(start));
          }
        }
      }
    }
    return assignmentOrExpression(start);
  }

  /** Skips the rest of a simple statement. */
  private void skipSimple() {
    while (peek().kind() != Token.Kind.NEWLINE && !peek().isOperator(";")) {
      at++;
    }
  }

  private Statement assignmentOrExpression(int start) throws PythonSyntaxException {
    Expression first = expressions();
    if (peek().kind() == Token.Kind.OPERATOR && AUGMENTED.contains(peek().text())) {
      at++;
      expressions();
      return new Statement.Assign(from(start), List.of(first), new Expression.Opaque(from(start)));
    }
    if (accept(":")) {
      if (peek().kind() == Token.Kind.NEWLINE) {
        // the head of a block with a soft keyword, such as `match x:`
        return new Statement.Other(from(start));
      }
      expression();
      if (!peek().isOperator("=")) {
        return new Statement.Other(from(start));
      }
    }
    if (!peek().isOperator("=")) {
      return new Statement.Evaluate(from(start), first);
    }
    var targets = new ArrayList<Expression>();
    Expression value = first;
    while (accept("=")) {
      targets.add(value);
      value = expressions();
    }
    return new Statement.Assign(from(start), targets, value);
  }

  private Statement importStatement(int start) throws PythonSyntaxException {
    var names = new HashMap<String, String>();
    if (acceptName("import")) {
      do {
        String module = dottedName();
        if (acceptName("as")) {
          names.put(expectName(), module);
        } else {
          String root = module.split("\\.", 2)[0];
          names.put(root, root);
        }
      } while (accept(","));
    } else {
      at++;
      String module = dottedName();
      if (!acceptName("import")) {
        throw unexpected();
      }
      accept("(");
      while (peek().kind() == Token.Kind.NAME) {
        String name = next().text();
        names.put(acceptName("as") ? expectName() : name, module + "." + name);
        accept(",");
      }
      skipSimple();
    }
    return new Statement.Import(from(start), names);
  }

  private String dottedName() {
    var name = new StringBuilder();
    while ((peek().kind() == Token.Kind.NAME && !peek().isName("import") && !peek().isName("as"))
        || peek().isOperator(".")
        || peek().isOperator("...")) {
      name.append(next().text());
    }
    return name.toString();
  }

  // Expressions

  /** An expression, or a tuple without brackets. */
  private Expression expressions() throws PythonSyntaxException {
    int start = at;
    Expression first = expression();
    if (!peek().isOperator(",")) {
      return first;
    }
    var items = new ArrayList<Expression>(List.of(first));
    while (accept(",")) {
      if (endsExpression(peek(), false)) {
        break;
      }
      items.add(expression());
    }
    return new Expression.Items(from(start), items);
  }

  private Expression expression() throws PythonSyntaxException {
    int start = at;
    Expression value = operand();
    while (peek().isOperator("+") && !(value instanceof Expression.Opaque)) {
      at++;
      Expression right = operand();
      value =
          right instanceof Expression.Opaque
              ? new Expression.Opaque(from(start))
              : new Expression.Sum(from(start), value, right);
    }
    return endsExpression(peek(), true) ? value : opaque(start, false);
  }

  private static boolean endsExpression(Token token, boolean comma) {
    return switch (token.kind()) {
      case NEWLINE, END, INDENT, DEDENT -> true;
      case NAME -> comma && token.text().equals("as");
      case OPERATOR ->
          switch (token.text()) {
            case ")", "]", "}", ":", "=", ";" -> true;
            case "," -> comma;
            default -> AUGMENTED.contains(token.text());
          };
      case NUMBER, STRING -> false;
    };
  }

  /**
   * Skips from here to the end of the expression that began at {@code start}.
   *
   * @param list whether commas belong to it
   */
  private Expression opaque(int start, boolean list) throws PythonSyntaxException {
    int lambdas = 0;
    while (!endsExpression(peek(), !list) || lambdas > 0) {
      Token token = peek();
      if (token.kind() == Token.Kind.NEWLINE || token.kind() == Token.Kind.END) {
        throw unexpected();
      }
      at++;
      if (token.isName("lambda")) {
        lambdas++;
      } else if (token.kind() == Token.Kind.OPERATOR) {
        switch (token.text()) {
          case "(", "[", "{" -> skipGroup();
          case ":" -> lambdas--;
          default -> {
            // inside
          }
        }
      }
    }
    if (at == start) {
      throw unexpected();
    }
    return new Expression.Opaque(from(start));
  }

  private Expression operand() throws PythonSyntaxException {
    int start = at;
    Expression value = atom();
    while (peek().kind() == Token.Kind.OPERATOR && !(value instanceof Expression.Opaque)) {
      if (accept(".")) {
        String name = expectName();
        value = new Expression.Attribute(from(start), value, name);
      } else if (accept("(")) {
        value = call(start, value);
      } else if (accept("[")) {
        skipGroup();
        return opaque(start, false);
      } else {
        break;
      }
    }
    return value;
  }

  private Expression atom() throws PythonSyntaxException {
    int start = at;
    Token token = peek();
    return switch (token.kind()) {
      case NAME -> name(start);
      case NUMBER -> {
        at++;
        yield new Expression.Numeral(from(start), token.text());
      }
      case STRING -> string(start);
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> group(start);
            case "[" -> {
              at++;
              List<Expression> items = items("]");
              yield new Expression.Items(from(start), items);
            }
            case "{" -> braces(start);
            case "*", "**" -> {
              at++;
              Expression value = expression();
              yield new Expression.Unpacked(from(start), value);
            }
            default -> opaque(start, false);
          };
      case NEWLINE, INDENT, DEDENT, END -> throw unexpected();
    };
  }

  private Expression name(int start) throws PythonSyntaxException {
    String name = peek().text();
    if (OPERATOR_WORDS.contains(name)) {
      return opaque(start, false);
    }
    at++;
    return switch (name) {
      case "None" -> new Expression.None(from(start));
      case "True" -> new Expression.Bool(from(start), true);
      case "False" -> new Expression.Bool(from(start), false);
      default -> new Expression.Name(from(start), name);
    };
  }

  /** One or more adjacent literals, which Python joins. */
  private Expression string(int start) {
    var parts = new ArrayList<StringLiteral>();
    while (peek().kind() == Token.Kind.STRING) {
      parts.add(StringLiteral.read(next().text()));
    }
    boolean format = parts.stream().anyMatch(part -> part.kind() == StringLiteral.Kind.FORMAT);
    if (parts.stream().anyMatch(part -> part.kind() == StringLiteral.Kind.BYTES)) {
      return new Expression.Opaque(from(start));
    }
    String text =
        parts.stream()
            .map(part -> format ? part.template() : part.value())
            .collect(Collectors.joining());
    return format
        ? new Expression.FormatText(from(start), text)
        : new Expression.Text(from(start), text);
  }

  private Expression group(int start) throws PythonSyntaxException {
    at++;
    if (accept(")")) {
      return new Expression.Items(from(start), List.of());
    }
    Expression first = expression();
    if (accept(")")) {
      return first;
    }
    var items = new ArrayList<Expression>(List.of(first));
    expect(",");
    items.addAll(items(")"));
    return new Expression.Items(from(start), items);
  }

  private List<Expression> items(String close) throws PythonSyntaxException {
    var items = new ArrayList<Expression>();
    while (!accept(close)) {
      items.add(expression());
      if (!peek().isOperator(close)) {
        expect(",");
      }
    }
    return items;
  }

  /** A set is read; a dictionary is skipped, for no operation takes one that matters. */
  private Expression braces(int start) throws PythonSyntaxException {
    at++;
    skipGroup();
    return new Expression.Opaque(from(start));
  }

  /**
   * What stands in a display in braces.
   *
   * @param open index of the token that opens it
   */
  PythonModule.Braces inBraces(int open) throws PythonSyntaxException {
    at = open + 1;
    var keys = new ArrayList<Expression>();
    var values = new ArrayList<Expression>();
    while (!accept("}")) {
      keys.add(expression());
      if (accept(":")) {
        values.add(expression());
      }
      if (!peek().isOperator("}")) {
        expect(",");
      }
    }
    return new PythonModule.Braces(keys, values);
  }

  private Expression call(int start, Expression function) throws PythonSyntaxException {
    var arguments = new ArrayList<Expression>();
    Map<String, Expression> keywords = new LinkedHashMap<>();
    while (!accept(")")) {
      if (peek().kind() == Token.Kind.NAME && tokens.get(at + 1).isOperator("=")) {
        String keyword = next().text();
        at++;
        keywords.put(keyword, expression());
      } else {
        arguments.add(expression());
      }
      if (!peek().isOperator(")")) {
        expect(",");
      }
    }
    return new Expression.Call(from(start), function, arguments, keywords);
  }
}
