package dev.stampguard.tool.flyway;

import java.util.Map;
import java.util.TreeMap;

/** Puts values for placeholders, as far as the settings say them. */
final class Placeholders {
  private final FlywaySettings settings;
  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Placeholders(FlywaySettings settings) {
    this.settings = settings;
    values.putAll(settings.placeholders());
    values.put("flyway:table", settings.table());
    settings.schemas().stream()
        .findFirst()
        .ifPresent(schema -> values.put("flyway:defaultSchema", schema));
  }

  /**
   * The text with values; what is not known stays.
   *
   * @param file the script's name, which is a placeholder's value too
   */
  String replace(String text, String file) {
    String prefix = settings.placeholderPrefix();
    if (!settings.replacesPlaceholders() || !text.contains(prefix)) {
      return text;
    }
    var replaced = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, from)) {
      int end = text.indexOf(settings.placeholderSuffix(), at + prefix.length());
      if (end < 0) {
        break;
      }
      String name = text.substring(at + prefix.length(), end);
      String value = name.equalsIgnoreCase("flyway:filename") ? file : values.get(name);
      int next = end + settings.placeholderSuffix().length();
      replaced.append(text, from, at).append(value == null ? text.substring(at, next) : value);
      from = next;
    }
    return replaced.append(text.substring(from)).toString();
  }
}
