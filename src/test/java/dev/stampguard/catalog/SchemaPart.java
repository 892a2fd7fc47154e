package dev.stampguard.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A piece of a schema that needs nothing but itself: statements with names left open.
 *
 * <p>Placeholders are {@code {a}} to {@code {i}} for names, each another one; {@code {schema}} and
 * {@code {other}} for the part's own schemas, the second made when it is mentioned; {@code
 * {server}} for a name that no other part of the database has. All are written quoted, and in text
 * they stand in {@code $q$…$q$}, because a name may hold a quote.
 *
 * @param title what it is about
 * @param since the oldest major that knows it
 * @param sql the statements
 */
public record SchemaPart(String title, int since, String sql) {
  private static final List<String> FILES =
      List.of("extensions", "types", "tables", "partitions", "indexes", "views", "functions");

  private static final Pattern HEAD =
      Pattern.compile("(?m)^--- (.+?)(?: \\| (\\d+))?\\n((?:(?!--- ).*\\n?)*)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(schema|other|server|[a-i])\\}");

  /** Names that are hard to quote, to cut or to tell from keywords. */
  private static final List<String> NAMES =
      List.of(
          "plain",
          "MixedCase",
          "with space",
          "sel.ect",
          "order",
          "größe",
          "名前",
          "we\"ird",
          "a".repeat(63),
          "back\\slash",
          "it's",
          "percent %s",
          "user",
          "$x",
          "ORDER",
          "tab\tname",
          "x$y",
          "not",
          "{curly}",
          "comma, name",
          "(paren");

  private static final class Holder {
    static final List<SchemaPart> ALL = FILES.stream().flatMap(SchemaPart::read).toList();
  }

  public SchemaPart {
    Objects.requireNonNull(title);
    Objects.requireNonNull(sql);
  }

  /** Every part of the resources that this major knows. */
  public static List<SchemaPart> known(int major) {
    return Holder.ALL.stream().filter(part -> part.since <= major).toList();
  }

  private static Stream<SchemaPart> read(String file) {
    try (InputStream in = SchemaPart.class.getResourceAsStream("/catalog/law/" + file + ".sql")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return HEAD.matcher(text).results().map(SchemaPart::of).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SchemaPart of(MatchResult head) {
    int since = head.group(2) == null ? 0 : Integer.parseInt(head.group(2));
    return new SchemaPart(head.group(1), since, head.group(3));
  }

  /**
   * The statements to run.
   *
   * @param number tells the parts of a database apart, and chooses the names
   */
  public String script(int number) {
    String schema = (number % 2 == 0 ? "part " : "Üb.er ") + number;
    var script = new ArrayList<String>();
    script.add("SET standard_conforming_strings = on");
    script.add("CREATE SCHEMA " + quoted(schema));
    if (sql.contains("{other}")) {
      script.add("CREATE SCHEMA " + quoted("other \"" + number));
    }
    script.add("SET search_path = %s, public, \"Ext ensions\"".formatted(quoted(schema)));
    script.add(
        PLACEHOLDER
            .matcher(sql)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        quoted(
                            switch (found.group(1)) {
                              case "schema" -> schema;
                              case "other" -> "other \"" + number;
                              case "server" -> "server " + number;
                              default -> name(number, found.group(1).charAt(0) - 'a');
                            }))));
    return String.join(";\n", script);
  }

  private static String name(int number, int index) {
    return NAMES.get((number * 5 + index) % NAMES.size());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** For a failed property: what to look at. */
  @Override
  public String toString() {
    return "\n--- " + title + "\n" + sql;
  }
}
