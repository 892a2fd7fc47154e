package dev.stampguard.tool.django;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.Token;
import dev.stampguard.tool.sql.SqlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a migration does that Django knows nothing of: SQL, and functions. */
final class ForeignCode {
  /** What a function that is run may do to the schema by what it is handed. */
  private static final Set<String> CHANGING =
      Set.of(
          "execute",
          "cursor",
          "create_model",
          "add_field",
          "alter_field",
          "add_index",
          "remove_index",
          "add_constraint",
          "remove_constraint",
          "alter_unique_together",
          "alter_index_together",
          "delete_model",
          "remove_field",
          "alter_db_table",
          "rename_index");

  /** What of that takes something away, whose name is then made of a model's. */
  private static final Set<String> TAKING =
      Set.of(
          "delete_model",
          "remove_field",
          "alter_field",
          "remove_index",
          "remove_constraint",
          "alter_unique_together",
          "alter_index_together",
          "alter_db_table",
          "rename_index");

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

  private ForeignCode() {}

  /** What SQL does: a text, or a list of them, each of which may come with its parameters. */
  static List<SchemaOperation> ofSql(Expression sql, Literals literals, String app) {
    Optional<String> text = literals.text(sql);
    if (text.isPresent()) {
      return SqlReader.read(text.get(), sql.line());
    }
    Optional<List<Expression>> items = literals.items(sql);
    if (items.isEmpty()) {
      return List.of(
          new Unreadable(sql.line(), "its SQL is known only when it runs", mayDrop(literals, app)));
    }
    var operations = new ArrayList<SchemaOperation>();
    for (Expression item : items.get()) {
      Optional<List<Expression>> pair = literals.items(item);
      operations.addAll(
          ofSql(
              pair.isPresent() && !pair.get().isEmpty() ? pair.get().getFirst() : item,
              literals,
              app));
    }
    return operations;
  }

  /**
   * What functions do: they change rows, unless something in the file speaks for more.
   *
   * @param line 1-based line of the operation that runs one
   */
  static Optional<SchemaOperation> ofFunction(int line, Literals literals, String app) {
    return calls(literals, CHANGING)
        ? Optional.of(
            new Unreadable(
                line,
                "what its function does to the schema is known only when it runs",
                mayDrop(literals, app)))
        : Optional.empty();
  }

  private static boolean calls(Literals literals, Set<String> methods) {
    List<Token> tokens = literals.module().tokens();
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Token.Kind.NAME
          && tokens.get(i - 1).isOperator(".")
          && methods.contains(token.text().toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** Names in the file's SQL that takes something away; all in its texts where it is computed. */
  private static Set<String> mayDrop(Literals literals, String app) {
    var words = new TreeSet<String>();
    var all = new TreeSet<String>();
    boolean isComputed = calls(literals, TAKING);
    for (Token token : literals.module().tokens()) {
      String text = token.stringContent();
      Set<String> dropped = SqlReader.mayDrop(text);
      words.addAll(dropped);
      isComputed |= !dropped.isEmpty() && (text.contains("{") || text.contains("%"));
      WORD.matcher(text).results().map(MatchResult::group).forEach(all::add);
    }
    if (isComputed) {
      for (String word : all) {
        words.add(word);
        words.add(app + "_" + word.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }
}
