package dev.stampguard.tool.flyway;

import dev.stampguard.target.ToolUrl;
import dev.stampguard.target.TracedText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flyway's settings of one project, whatever file and framework says them. Environment variables
 * {@code FLYWAY_…} win over files.
 */
final class FlywaySettings {
  private static final String PLACEHOLDER = "placeholders.";
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(?:env\\.)?([A-Za-z_][\\w.-]*)(?::([^}]*))?}");

  private final String file;
  private final Map<String, Setting> values;
  private final Map<String, String> placeholders;
  private final boolean isFramework;

  private record Setting(List<String> values, String where) {}

  private FlywaySettings(
      String file,
      Map<String, Setting> values,
      Map<String, String> placeholders,
      boolean isFramework) {
    this.file = file;
    this.values = values;
    this.placeholders = placeholders;
    this.isFramework = isFramework;
  }

  /**
   * Puts them together.
   *
   * @param file the file to name when a setting is wrong, relative to the project; empty when there
   *     is none
   * @param written keys as the file has them, weakest first: without what stands before Flyway's
   *     own part of a key
   * @param environment of the process
   * @param isFramework whether an application runs Flyway, and not its command line
   */
  static FlywaySettings of(
      String file,
      Map<String, List<String>> written,
      Map<String, String> environment,
      boolean isFramework) {
    return of(file, written, Map.of(), environment, isFramework);
  }

  /**
   * As the other, of several files.
   *
   * @param files the files that keys are from, by key; what is not there is from {@code file}
   */
  static FlywaySettings of(
      String file,
      Map<String, List<String>> written,
      Map<String, String> files,
      Map<String, String> environment,
      boolean isFramework) {
    var values = new LinkedHashMap<String, Setting>();
    // Flyway takes no notice of a placeholder's case.
    var placeholders = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    written.forEach(
        (key, value) -> {
          List<String> resolved = value.stream().map(text -> resolve(text, environment)).toList();
          if (key.startsWith(PLACEHOLDER)) {
            placeholders.put(
                key.substring(PLACEHOLDER.length()).replace("\"", ""), resolved.getFirst());
          } else {
            values.put(
                normal(key), new Setting(resolved, files.getOrDefault(key, file) + " " + key));
          }
        });
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("FLYWAY_PLACEHOLDERS_")) {
            placeholders.put(name.substring("FLYWAY_PLACEHOLDERS_".length()), value);
          } else if (name.startsWith("FLYWAY_")) {
            values.put(
                normal(name.substring("FLYWAY_".length())),
                new Setting(List.of(value), "environment " + name));
          }
        });
    return new FlywaySettings(file, values, placeholders, isFramework);
  }

  /** {@code default-schema}, {@code DEFAULT_SCHEMA} and {@code defaultSchema} are one key. */
  private static String normal(String key) {
    return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static String resolve(String text, Map<String, String> environment) {
    Matcher reference = REFERENCE.matcher(text);
    return reference.replaceAll(
        found -> {
          String value = environment.get(found.group(1));
          String instead = value != null ? value : found.group(2);
          return Matcher.quoteReplacement(instead == null ? found.group() : instead);
        });
  }

  String file() {
    return file;
  }

  /** All they say, in one order. */
  String facts() {
    return "%s %s %s".formatted(isFramework, new TreeMap<>(values), placeholders);
  }

  /** Whether a file says them, and not only the environment. */
  boolean isWritten() {
    return !file.isEmpty();
  }

  boolean isFramework() {
    return isFramework;
  }

  private Optional<Setting> find(String key) {
    return Optional.ofNullable(values.get(normal(key)));
  }

  private Optional<String> text(String key) {
    return find(key).map(setting -> String.join(",", setting.values())).filter(v -> !v.isBlank());
  }

  private boolean flag(String key, boolean otherwise) {
    return text(key).map(value -> value.equalsIgnoreCase("true")).orElse(otherwise);
  }

  private List<String> list(String key) {
    return find(key).map(Setting::values).orElse(List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** Where scripts are, as they are written; empty when nothing says it. */
  List<String> locations() {
    return list("locations");
  }

  String table() {
    return text("table").orElse("flyway_schema_history");
  }

  /** Schemas that Flyway makes where they are missing; the first one is its own. */
  List<String> schemas() {
    var schemas = new ArrayList<String>();
    text("defaultSchema").ifPresent(schemas::add);
    list("schemas").stream().filter(name -> !schemas.contains(name)).forEach(schemas::add);
    return schemas;
  }

  boolean createsSchemas() {
    return flag("createSchemas", true);
  }

  boolean isOutOfOrder() {
    return flag("outOfOrder", false);
  }

  /**
   * Whether the project told Flyway's validation to pass over migrations of a status. That Flyway
   * passes over future ones by itself is no word of the project's.
   *
   * @param status {@code missing}, {@code ignored} or {@code future}
   */
  boolean ignores(boolean isRepeatable, String status) {
    return list("ignoreMigrationPatterns").stream()
        .map(pattern -> pattern.toLowerCase(Locale.ROOT).split(":", 2))
        .filter(pattern -> pattern.length == 2)
        .anyMatch(
            pattern ->
                (pattern[0].equals("*")
                        || pattern[0].equals(isRepeatable ? "repeatable" : "versioned"))
                    && (pattern[1].equals("*") || pattern[1].equals(status)));
  }

  /** Whether statements that need a transaction and such that cannot bear one may be mixed. */
  boolean isMixed() {
    return flag("mixed", false);
  }

  Optional<String> encoding() {
    return text("encoding");
  }

  boolean replacesPlaceholders() {
    return flag("placeholderReplacement", true);
  }

  String placeholderPrefix() {
    return text("placeholderPrefix").orElse("${");
  }

  String placeholderSuffix() {
    return text("placeholderSuffix").orElse("}");
  }

  /** By name, whatever its case. */
  Map<String, String> placeholders() {
    return placeholders;
  }

  ScriptName.Naming naming() {
    List<String> suffixes = list("sqlMigrationSuffixes");
    return new ScriptName.Naming(
        text("sqlMigrationPrefix").orElse("V"),
        text("repeatableSqlMigrationPrefix").orElse("R"),
        text("undoSqlMigrationPrefix").orElse("U"),
        text("baselineMigrationPrefix").orElse("B"),
        text("sqlMigrationSeparator").orElse("__"),
        suffixes.isEmpty() ? List.of(".sql") : suffixes);
  }

  /** The database URL, with role and password from beside it. */
  Optional<ToolUrl> url() {
    return find("url")
        .filter(url -> url.values().getFirst().startsWith("jdbc:postgresql:"))
        .filter(url -> !url.values().getFirst().contains("${"))
        .map(
            url ->
                new ToolUrl(
                    TracedText.elsewhere(complete(url.values().getFirst()), url.where()),
                    url.where(),
                    Optional.empty()));
  }

  private String complete(String url) {
    var complete = new StringBuilder(url);
    for (String key : List.of("user", "password")) {
      text(key)
          .filter(value -> !value.contains("${"))
          .filter(value -> !url.matches("(?s).*[?&]" + key + "=.*"))
          .ifPresent(
              value ->
                  complete
                      .append(complete.indexOf("?") < 0 ? '?' : '&')
                      .append(key)
                      .append('=')
                      .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    }
    return complete.toString();
  }
}
