package dev.stampguard.testing;

import dev.stampguard.catalog.CanonicalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code pg_dump --schema-only} writes of a database, in a form that is equal for equal
 * schemas: without owners, privileges, comments, the order of columns and the order of objects,
 * names PostgreSQL made up for NOT NULL and the random key of newer programs, and with expressions
 * as they are printed once they were read back.
 */
public final class NormalisedDump {
  private static final Pattern HEADER =
      Pattern.compile(
          "(?m)^--\\n-- (?:Name: .*; Type: .*|PostgreSQL database dump complete)\\n--\\n");
  private static final Pattern NOISE =
      Pattern.compile("(?m)^(?:\\\\(?:un)?restrict .*|SET default_\\w+ = .*;)\\n");
  private static final Pattern TABLE =
      Pattern.compile(
          "^((?:CREATE (?:UNLOGGED |FOREIGN )?TABLE) .*? \\(\\n)(.*?)(\\n\\).*)$", Pattern.DOTALL);

  private static final Pattern STATISTICS =
      Pattern.compile("(CREATE STATISTICS .* ON )(.*)( FROM .*)", Pattern.DOTALL);

  /** PostgreSQL 18 gives NOT NULL a name, by what else there is at that moment. */
  private static final Pattern GIVEN_NAME =
      Pattern.compile(
          " CONSTRAINT (?:\\w+_not_null\\d*|\"[^\"]*(?:\"\"[^\"]*)*_not_null\\d*\") NOT NULL");

  private NormalisedDump() {}

  /** The dump, object by object, sorted. */
  public static SortedSet<String> of(PostgresServer server, String database, int major) {
    return normalised(PostgresClient.forServer(major).dumpSchema(server, database));
  }

  static SortedSet<String> normalised(String dump) {
    var objects = new TreeSet<String>();
    List<String> blocks = Arrays.asList(HEADER.split(quiet(dump)));
    // The first one sets up the session.
    for (String block : blocks.subList(1, blocks.size())) {
      String object = block(block.strip());
      objects.add(canonical(object));
    }
    return objects;
  }

  private static String quiet(String dump) {
    String plain = NOISE.matcher(dump).replaceAll("");
    return GIVEN_NAME.matcher(plain).replaceAll(" NOT NULL");
  }

  /**
   * What a function has in quotes is its author's text; all else PostgreSQL may print in two ways.
   */
  private static String canonical(String object) {
    boolean isRoutine =
        object.startsWith("CREATE FUNCTION") || object.startsWith("CREATE PROCEDURE");
    int body = isRoutine ? object.indexOf("\n    AS ") : -1;
    return body < 0
        ? CanonicalText.of(object)
        : CanonicalText.of(object.substring(0, body)) + object.substring(body);
  }

  private static String block(String block) {
    if (block.startsWith("CREATE STATISTICS ")) {
      // Its columns come in the order of the table's.
      var statistics = STATISTICS.matcher(block);
      return statistics.matches()
          ? statistics.group(1)
              + Arrays.stream(statistics.group(2).split(", ")).sorted().toList()
              + statistics.group(3)
          : block;
    }
    if (!block.startsWith("CREATE ") || !block.contains("TABLE ")) {
      return block;
    }
    List<String> statements = Arrays.asList(block.replaceFirst(";$", "").split(";\\n+"));
    return table(statements.getFirst())
        + statements.stream()
            .skip(1)
            .map(String::strip)
            .sorted()
            .map(statement -> ";\n" + statement)
            .collect(Collectors.joining());
  }

  private static String table(String statement) {
    var table = TABLE.matcher(statement);
    if (!table.find()) {
      return statement;
    }
    var columns = new ArrayList<String>();
    for (String line : table.group(2).split("\\n")) {
      boolean isNew = line.startsWith("    ") && !line.startsWith("     ");
      if (isNew || columns.isEmpty()) {
        columns.add(line);
      } else {
        columns.add(columns.removeLast() + "\n" + line);
      }
    }
    return table.group(1)
        + columns.stream()
            .map(column -> column.endsWith(",") ? column.substring(0, column.length() - 1) : column)
            .sorted()
            .collect(Collectors.joining("\n"))
        + table.group(3);
  }
}
