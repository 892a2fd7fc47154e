package dev.stampguard.tool.sql;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.SetSearchPath;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads literal PostgreSQL statements as {@link SchemaOperation}s. Names are folded as PostgreSQL
 * folds them; those without a schema get {@link SchemaOperation#SEARCH_PATH}.
 */
public final class SqlReader {
  /** Statements that change data, sessions or things the contract does not list. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "insert",
          "update",
          "delete",
          "merge",
          "values",
          "truncate",
          "copy",
          "comment",
          "grant",
          "revoke",
          "analyze",
          "vacuum",
          "lock",
          "notify",
          "listen",
          "unlisten",
          "begin",
          "start",
          "commit",
          "end",
          "rollback",
          "savepoint",
          "release",
          "reset",
          "show",
          "refresh",
          "reindex",
          "cluster",
          "discard",
          "explain",
          "security",
          "checkpoint",
          "reassign",
          "fetch",
          "declare",
          "close",
          "load",
          "table");

  /** Built-in functions that migrations select for their side effect, none on the schema. */
  private static final Set<String> HARMLESS_FUNCTIONS =
      Set.of(
          "current_schema",
          "current_database",
          "setval",
          "nextval",
          "currval",
          "now",
          "count",
          "max",
          "min",
          "coalesce",
          "exists",
          "to_regclass",
          "pg_advisory_lock",
          "pg_advisory_unlock",
          "pg_advisory_xact_lock",
          "pg_try_advisory_lock",
          "pg_get_serial_sequence",
          "pg_sleep",
          "version",
          "cast",
          "current_setting",
          "gen_random_uuid",
          "pg_notify",
          "row_number",
          "lower",
          "upper");

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final Pattern TAKES_AWAY =
      Pattern.compile("\\b(drop|rename|set\\s+schema)\\b", Pattern.CASE_INSENSITIVE);

  private SqlReader() {}

  /**
   * Reads every statement of a text.
   *
   * @param sql one or more statements
   * @param line the line of the script the text starts on
   */
  public static List<SchemaOperation> read(String sql, int line) {
    var operations = new ArrayList<SchemaOperation>();
    for (List<SqlToken> statement : SqlStatements.split(SqlTokenizer.tokens(sql))) {
      int at = line + statement.getFirst().line();
      try {
        operations.addAll(statement(statement, at));
      } catch (UnreadSqlException e) {
        operations.add(unreadable(statement, at));
      }
    }
    return operations;
  }

  /** Whether a text holds no statement at all. */
  public static boolean isEmpty(String sql) {
    return SqlStatements.split(SqlTokenizer.tokens(sql)).isEmpty();
  }

  /** The identifiers that a piece of SQL mentions if it may drop or rename; empty otherwise. */
  public static Set<String> mayDrop(String sql) {
    if (!TAKES_AWAY.matcher(sql).find()) {
      return Set.of();
    }
    return WORD.matcher(sql)
        .results()
        .map(word -> word.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The identifiers in an SQL expression, folded as PostgreSQL folds them, in order. */
  public static Set<String> identifiers(String expression) {
    return TableParts.words(SqlTokenizer.tokens(expression));
  }

  private static List<SchemaOperation> statement(List<SqlToken> tokens, int line)
      throws UnreadSqlException {
    var cursor = new SqlCursor(tokens);
    String verb = cursor.next().text();
    return switch (verb) {
      case "create" -> new CreateStatement(cursor, line).read();
      case "alter" -> new AlterStatement(cursor, line).read();
      case "drop" -> new DropStatement(cursor, line).read();
      case "select", "with" -> query(tokens);
      case "set" -> setting(cursor, line);
      default -> {
        if (!WITHOUT_EFFECT.contains(verb)) {
          throw new UnreadSqlException();
        }
        yield List.of();
      }
    };
  }

  /** A query changes the schema through {@code INTO} or through the functions it calls. */
  private static List<SchemaOperation> query(List<SqlToken> tokens) throws UnreadSqlException {
    boolean writes = false;
    boolean reads = false;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      reads |= token.isWord("from");
      writes |= token.isWord("insert") || token.isWord("update") || token.isWord("delete");
      if (token.isWord("into") && !tokens.get(i - 1).isWord("insert")) {
        throw new UnreadSqlException();
      }
    }
    if (!writes && !reads && callsUnknownFunction(tokens)) {
      throw new UnreadSqlException();
    }
    return List.of();
  }

  private static boolean callsUnknownFunction(List<SqlToken> tokens) {
    for (int i = 1; i < tokens.size(); i++) {
      SqlToken name = tokens.get(i - 1);
      if (tokens.get(i).isSymbol("(")
          && name.isIdentifier()
          && !name.isWord("select")
          && !HARMLESS_FUNCTIONS.contains(name.text())) {
        return true;
      }
    }
    return false;
  }

  /** Another search path gives every later name another meaning. */
  private static List<SchemaOperation> setting(SqlCursor cursor, int line)
      throws UnreadSqlException {
    cursor.acceptAny("session", "local");
    if (cursor.accept("schema")) {
      throw new UnreadSqlException();
    }
    if (!cursor.accept("search_path")) {
      return List.of();
    }
    if (!cursor.accept("to") && !cursor.acceptSymbol("=")) {
      throw new UnreadSqlException();
    }
    return List.of(new SetSearchPath(line, cursor.identifier()));
  }

  private static SchemaOperation unreadable(List<SqlToken> statement, int line) {
    String opening =
        statement.stream()
            .limit(2)
            .map(token -> token.text().lines().findFirst().orElse("").toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    String words = statement.stream().map(SqlToken::text).collect(Collectors.joining(" "));
    return new Unreadable(
        line, "the statement `" + opening + " …` is not understood", mayDrop(words));
  }
}
