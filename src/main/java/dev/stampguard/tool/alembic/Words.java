package dev.stampguard.tool.alembic;

import dev.stampguard.tool.python.Span;
import dev.stampguard.tool.python.Token;
import dev.stampguard.tool.sql.SqlReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at pieces of script that are not understood for the names they mention. */
final class Words {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

  private static final Pattern TAKES_AWAY =
      Pattern.compile("drop|rename|new_column_name|set\\s+schema", Pattern.CASE_INSENSITIVE);

  private final Scope scope;
  private final Set<String> mentioned = new HashSet<>();
  private final Set<Span> seen = new HashSet<>();
  private boolean takesAway;

  private Words(Scope scope) {
    this.scope = scope;
  }

  /** The column names that the strings of a piece of script may mean: names, or SQL over them. */
  static Set<String> identifiers(Span span, Scope scope) {
    var identifiers = new LinkedHashSet<String>();
    for (Token token : scope.tokens(span)) {
      if (token.kind() == Token.Kind.STRING) {
        identifiers.add(token.stringContent());
        identifiers.addAll(SqlReader.identifiers(token.stringContent()));
      }
    }
    return identifiers;
  }

  /**
   * The names in strings that a piece of script mentions, the variables and functions it uses
   * included, if anything there may drop or rename; empty otherwise.
   */
  static Set<String> mayDrop(Span span, Scope scope) {
    var words = new Words(scope);
    words.follow(span);
    return words.takesAway ? words.mentioned : Set.of();
  }

  private void follow(Span first) {
    Deque<Span> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      Span span = open.pop();
      if (!seen.add(span)) {
        continue;
      }
      List<Token> tokens = scope.tokens(span);
      strings(tokens);
      for (Token token : tokens) {
        if (token.kind() == Token.Kind.NAME) {
          takesAway |= TAKES_AWAY.matcher(token.text()).find();
          definition(token.text()).ifPresent(open::push);
        }
      }
    }
  }

  private Optional<Span> definition(String name) {
    return switch (scope.find(name).orElse(null)) {
      case Binding.Value(var expression) -> Optional.of(expression.span());
      case Binding.Local(var function) when !function.name().equals("downgrade") ->
          Optional.of(function.span());
      case Binding.Local l -> Optional.empty();
      case Binding.Imported i -> Optional.empty();
      case Binding.Batch b -> Optional.empty();
      case null -> Optional.empty();
    };
  }

  private void strings(List<Token> tokens) {
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.STRING) {
        String text = token.stringContent();
        takesAway |= TAKES_AWAY.matcher(text).find();
        mentioned.add(text);
        WORD.matcher(text).results().forEach(word -> mentioned.add(word.group()));
      }
    }
  }
}
