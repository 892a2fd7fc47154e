package dev.stampguard.tool.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the argument types of a function as {@code pg_get_function_identity_arguments} would,
 * without the names.
 */
final class SqlTypes {
  /** What {@code format_type} prints for the names that are only other spellings. */
  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int2", "smallint"),
          Map.entry("int8", "bigint"),
          Map.entry("bool", "boolean"),
          Map.entry("decimal", "numeric"),
          Map.entry("dec", "numeric"),
          Map.entry("float", "double precision"),
          Map.entry("float8", "double precision"),
          Map.entry("float4", "real"),
          Map.entry("varchar", "character varying"),
          Map.entry("char varying", "character varying"),
          Map.entry("char", "character"),
          Map.entry("bpchar", "character"),
          Map.entry("varbit", "bit varying"),
          Map.entry("timestamp", "timestamp without time zone"),
          Map.entry("timestamptz", "timestamp with time zone"),
          Map.entry("time", "time without time zone"),
          Map.entry("timetz", "time with time zone"));

  /** First words of types that are written with several. */
  private static final Set<String> SEVERAL_WORDS =
      Set.of("double", "character", "char", "bit", "timestamp", "time", "interval", "national");

  private static final Set<String> SECOND_WORDS =
      Set.of("precision", "varying", "with", "without", "year", "month", "day", "hour", "minute");

  private static final Set<String> MODES = Set.of("in", "inout", "variadic");

  private SqlTypes() {}

  /** The types of the arguments that identify a function. */
  static String arguments(List<SqlToken> declared) {
    return SqlCursor.splitAtCommas(declared).stream()
        .map(SqlTypes::withoutDefault)
        .filter(argument -> !argument.isEmpty() && !argument.getFirst().isWord("out"))
        .map(SqlTypes::type)
        .collect(Collectors.joining(", "));
  }

  private static List<SqlToken> withoutDefault(List<SqlToken> argument) {
    for (int i = 0; i < argument.size(); i++) {
      if (argument.get(i).isWord("default") || argument.get(i).isSymbol("=")) {
        return argument.subList(0, i);
      }
    }
    return argument;
  }

  private static String type(List<SqlToken> argument) {
    int start = MODES.contains(argument.getFirst().text()) && argument.size() > 1 ? 1 : 0;
    if (isNamed(argument, start)) {
      start++;
    }
    var words = new ArrayList<String>();
    var array = new StringBuilder();
    int open = 0;
    for (SqlToken token : argument.subList(start, argument.size())) {
      if (token.isSymbol("(") || token.isSymbol(")")) {
        open += token.isSymbol("(") ? 1 : -1;
      } else if (token.isSymbol("[") || token.isSymbol("]")) {
        array.append(token.text());
      } else if (open == 0 && token.kind() != SqlToken.Kind.NUMBER) {
        words.add(token.text());
      }
    }
    String type = String.join(" ", words).replace(" . ", ".");
    if (type.startsWith("pg_catalog.")) {
      type = type.substring("pg_catalog.".length());
    }
    return SPELLINGS.getOrDefault(type, type) + array;
  }

  /** Whether a name stands before the type, which the grammar leaves to the number of words. */
  private static boolean isNamed(List<SqlToken> argument, int start) {
    if (start + 1 >= argument.size() || !argument.get(start + 1).isIdentifier()) {
      return false;
    }
    boolean severalWords =
        SEVERAL_WORDS.contains(argument.get(start).text())
            && SECOND_WORDS.contains(argument.get(start + 1).text());
    return !severalWords;
  }
}
