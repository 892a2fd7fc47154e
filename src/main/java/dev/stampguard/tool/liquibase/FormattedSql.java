package dev.stampguard.tool.liquibase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads changelogs that are SQL with comments ({@code
 * liquibase.parser.AbstractFormattedChangeLogParser}), as nodes with the words of other languages.
 */
final class FormattedSql {
  private static final Pattern HEADER =
      Pattern.compile("\\s*--\\s*liquibase\\s+formatted\\s+sql(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CHANGESET =
      Pattern.compile(
          "\\s*--\\s*changeset\\s+(\"[^\"]+\"|'[^']+'|[^:]+):\\s*(\"[^\"]+\"|'[^']+'|\\S+)(.*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(\\w+)\\s*:\\s*(\"[^\"]*\"|'[^']*'|\\S+)");
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*--\\s*(rollback|preconditions?|precondition-[\\w-]+|comment|validchecksum|property|ignorelines|labels?|contexts?)\\b\\s*:?(.*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BLOCK_ROLLBACK =
      Pattern.compile("\\s*/\\*\\s*liquibase\\s+rollback\\s*", Pattern.CASE_INSENSITIVE);

  private final List<Node> nodes = new ArrayList<>();
  private final StringBuilder sql = new StringBuilder();
  private final List<Node> parts = new ArrayList<>();
  private Map<String, String> attributes;
  private int line;
  private int sqlLine;

  private FormattedSql() {}

  static boolean isFormatted(String text) {
    return text.lines()
        .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
        .filter(line -> !line.isBlank())
        .findFirst()
        .filter(line -> HEADER.matcher(line).matches())
        .isPresent();
  }

  /** One changeset of all there is. */
  static Node raw(String text) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("id", "raw");
    attributes.put("author", "includeAll");
    Node sql = new Node("sql", Map.of(), List.of(), text, 1);
    return new Node(
        "databaseChangeLog",
        Map.of(),
        List.of(new Node("changeSet", attributes, List.of(sql), "", 1)),
        "",
        1);
  }

  static Node read(String text) {
    return new FormattedSql().changelog(text);
  }

  private Node changelog(String text) {
    Map<String, String> header = Map.of();
    int at = 0;
    boolean isIgnored = false;
    boolean isRollback = false;
    for (String each : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      at++;
      Matcher changeset = CHANGESET.matcher(each);
      Matcher word = WORD.matcher(each);
      Matcher first = HEADER.matcher(each);
      if (isRollback) {
        isRollback = !each.contains("*/");
      } else if (attributes == null && first.matches()) {
        header = attributes(first.group(1));
      } else if (word.matches() && word.group(1).equalsIgnoreCase("ignorelines")) {
        isIgnored = word.group(2).strip().equalsIgnoreCase("start");
      } else if (isIgnored) {
        // Nothing counts until the end of that is said.
      } else if (changeset.matches()) {
        end();
        attributes = new LinkedHashMap<>(attributes(changeset.group(3)));
        attributes.put("author", unquoted(changeset.group(1).strip()));
        attributes.put("id", unquoted(changeset.group(2)));
        line = at;
      } else if (word.matches()) {
        said(word.group(1).toLowerCase(Locale.ROOT), word.group(2).strip(), at);
      } else if (BLOCK_ROLLBACK.matcher(each).matches()) {
        isRollback = true;
      } else if (attributes != null) {
        if (sql.isEmpty()) {
          sqlLine = at;
        }
        sql.append(each).append('\n');
      }
    }
    end();
    return new Node("databaseChangeLog", header, nodes, "", 1);
  }

  private void said(String word, String rest, int at) {
    if (word.equals("property")) {
      nodes.add(new Node("property", attributes(rest), List.of(), "", at));
    } else if (word.startsWith("precondition")) {
      parts.add(new Node("preConditions", attributes(rest), List.of(), "", at));
    } else if (word.startsWith("validchecksum")) {
      parts.add(new Node("validCheckSum", Map.of(), List.of(), rest, at));
    } else if (word.equals("comment")) {
      parts.add(new Node("comment", Map.of(), List.of(), rest, at));
    }
  }

  private void end() {
    if (attributes == null) {
      return;
    }
    var children = new ArrayList<>(parts);
    var how = new LinkedHashMap<String, String>();
    for (String key : List.of("splitStatements", "endDelimiter", "stripComments")) {
      attributes.forEach(
          (name, value) -> {
            if (name.equalsIgnoreCase(key)) {
              how.put(key, value);
            }
          });
    }
    children.add(new Node("sql", how, List.of(), sql.toString(), sqlLine));
    nodes.add(new Node("changeSet", attributes, children, "", line));
    parts.clear();
    sql.setLength(0);
    attributes = null;
  }

  private static Map<String, String> attributes(String text) {
    var attributes = new LinkedHashMap<String, String>();
    Matcher each = ATTRIBUTE.matcher(text);
    while (each.find()) {
      attributes.put(each.group(1), unquoted(each.group(2)));
    }
    return attributes;
  }

  private static String unquoted(String text) {
    boolean isQuoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }
}
