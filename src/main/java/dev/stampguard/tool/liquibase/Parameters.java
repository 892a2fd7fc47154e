package dev.stampguard.tool.liquibase;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What references such as <code>${name}</code> in a changelog stand for: the first word counts. */
final class Parameters {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

  private final Map<String, String> properties;

  /**
   * @param given what the settings say in place of changelog properties
   */
  Parameters(Map<String, String> given) {
    this.properties = new HashMap<>(given);
  }

  /** Takes a changelog's property, where it is for PostgreSQL. */
  void take(Node node) {
    if (Filter.isOurs(node.value("dbms"))) {
      node.value("name")
          .ifPresent(name -> properties.putIfAbsent(name, node.valueOrChild("value").orElse("")));
    }
  }

  String replaced(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    properties.getOrDefault(found.group(1).strip(), found.group())));
  }

  Node replaced(Node node) {
    var attributes = new LinkedHashMap<String, String>();
    node.attributes().forEach((key, value) -> attributes.put(key, replaced(value)));
    return new Node(
        node.name(),
        attributes,
        node.children().stream().map(this::replaced).toList(),
        replaced(node.text()),
        node.line());
  }
}
