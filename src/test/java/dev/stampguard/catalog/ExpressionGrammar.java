package dev.stampguard.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes well-typed SQL expressions: literals of every type, casts there and back, lists, arrays,
 * rows, patterns, CASE. The grammar is {@code catalog/law/expressions.txt}.
 */
final class ExpressionGrammar {
  /** The columns of a table that every expression can stand in; they need {@link #TYPES}. */
  static final String COLUMNS =
      "v varchar(9), w varchar, c char(4), t text, i integer, s smallint, b bigint, m numeric(8, 2),"
          + " f double precision, r real, z timestamptz, y timestamp, d date, j interval, o boolean,"
          + " ta text[], va varchar(3)[], ia integer[], e kind, x word, k jsonb, h bytea";

  static final String TYPES =
      "CREATE TYPE kind AS ENUM ('ok', 'no way'); CREATE DOMAIN word AS varchar(9);";

  /** Families of which a view can select one. */
  private static final List<String> SELECTED =
      List.of(
          "string", "number", "timestamp", "date", "interval", "condition", "texts", "varchars");

  private static final Pattern FAMILY = Pattern.compile("<([a-z]+)(!?)>");
  private static final Map<String, List<String>> LINES = read();

  private final Random random;

  ExpressionGrammar(Random random) {
    this.random = random;
  }

  /** A condition; {@code depth} is how deep expressions nest. */
  String condition(int depth) {
    return of("condition", depth);
  }

  /** An expression of any type. */
  String expression(int depth) {
    return of(pick(SELECTED), depth);
  }

  private String of(String family, int depth) {
    boolean leaf = !LINES.containsKey(family) || depth <= 0 || random.nextInt(4) == 0;
    Matcher part = FAMILY.matcher(pick(LINES.get(leaf ? family + '!' : family)));
    return part.replaceAll(
        found ->
            Matcher.quoteReplacement(of(found.group(1), found.group(2).isEmpty() ? depth - 1 : 0)));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static Map<String, List<String>> read() {
    try (InputStream in =
        ExpressionGrammar.class.getResourceAsStream("/catalog/law/expressions.txt")) {
      var families = new HashMap<String, List<String>>();
      List<String> lines = List.of();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("[")) {
          lines =
              families.computeIfAbsent(
                  line.substring(1, line.length() - 1), f -> new ArrayList<>());
        } else if (!line.isBlank() && !line.startsWith("#")) {
          lines.add(line);
        }
      }
      return families;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
