package dev.stampguard.tool.liquibase;

import dev.stampguard.target.ToolUrl;
import dev.stampguard.target.TracedText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Liquibase's settings of one project, whatever file and framework says them. Environment variables
 * {@code LIQUIBASE_…} win over files.
 *
 * @param file the file that messages name
 * @param values by their names in small letters, without what separates words
 * @param parameters what stands for {@code ${…}} in changelogs
 */
record LiquibaseSettings(String file, Map<String, String> values, Map<String, String> parameters) {
  private static final String VARIABLE = "LIQUIBASE_";

  LiquibaseSettings {
    values = Map.copyOf(values);
    parameters = Map.copyOf(parameters);
  }

  /**
   * Puts them together.
   *
   * @param written keys as the file has them, weakest first: without what stands before Liquibase's
   *     own part of a key
   */
  static LiquibaseSettings of(
      String file, Map<String, List<String>> written, Map<String, String> environment) {
    var values = new LinkedHashMap<String, String>();
    var parameters = new LinkedHashMap<String, String>();
    written.forEach(
        (key, value) -> {
          String text = String.join(",", value);
          int dot = key.indexOf('.');
          String first = dot < 0 ? "" : normal(key.substring(0, dot));
          if (first.startsWith("parameter") || first.equals("changelogparameters")) {
            parameters.put(key.substring(dot + 1).replace("\"", ""), text);
          } else if (!text.isBlank()) {
            values.put(normal(key.substring(key.lastIndexOf('.') + 1)), text.strip());
          }
        });
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE) && !value.isBlank()) {
            String key = name.substring(VARIABLE.length());
            values.put(normal(key.startsWith("COMMAND_") ? key.substring(8) : key), value.strip());
          }
        });
    return new LiquibaseSettings(file, values, parameters);
  }

  /** {@code changelog-file}, {@code CHANGELOG_FILE} and {@code changeLogFile} are one key. */
  private static String normal(String key) {
    return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private Optional<String> first(String... keys) {
    return Arrays.stream(keys).map(values::get).filter(Objects::nonNull).findFirst();
  }

  private List<String> list(String... keys) {
    return first(keys).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** All they say, in one order. */
  String facts() {
    return "%s %s %s".formatted(file, new TreeMap<>(values), new TreeMap<>(parameters));
  }

  /** Whether an application keeps from running it. */
  boolean isOff() {
    return first("enabled").filter("false"::equalsIgnoreCase).isPresent();
  }

  Optional<String> changelog() {
    return first("changelogfile", "changelog");
  }

  List<String> searchPath() {
    return list("searchpath");
  }

  Filter filter() {
    return Filter.of(list("contextfilter", "contexts"), list("labelfilter", "labels"));
  }

  /** Where names without a schema go; empty for wherever the search path has them. */
  Optional<String> schema() {
    return first("defaultschemaname", "defaultschema");
  }

  Optional<String> ledgerSchema() {
    return first("liquibaseschemaname", "liquibaseschema").or(this::schema);
  }

  String table() {
    return Names.folded(
        first("databasechangelogtablename", "databasechangelogtable").orElse("databasechangelog"));
  }

  String lockTable() {
    return Names.folded(
        first("databasechangeloglocktablename", "databasechangeloglocktable")
            .orElse("databasechangeloglock"));
  }

  /** The database URL, with role and password from beside it. */
  Optional<ToolUrl> url() {
    String where = file + " url";
    return first("url")
        .filter(url -> url.startsWith("jdbc:postgresql:") && !url.contains("${"))
        .map(
            url ->
                new ToolUrl(TracedText.elsewhere(complete(url), where), where, Optional.empty()));
  }

  private String complete(String url) {
    var complete = new StringBuilder(url);
    Map.of("user", List.of("username", "user"), "password", List.of("password"))
        .forEach(
            (key, names) ->
                first(names.toArray(String[]::new))
                    .filter(value -> !value.contains("${"))
                    .filter(value -> !url.matches("(?s).*[?&]" + key + "=.*"))
                    .ifPresent(
                        value ->
                            complete
                                .append(complete.indexOf("?") < 0 ? '?' : '&')
                                .append(key)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return complete.toString();
  }
}
