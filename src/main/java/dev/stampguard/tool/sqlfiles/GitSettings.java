package dev.stampguard.tool.sqlfiles;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings in the form of git's.
 *
 * @param values by section, name in quotes and key, joined by dots
 */
record GitSettings(Map<String, String> values) {
  private static final Pattern SECTION = Pattern.compile("\\[([\\w.-]+)(?:\\s+\"([^\"]*)\")?]");
  private static final Pattern VALUE = Pattern.compile("([\\w-]+)\\s*=\\s*(.*)");

  GitSettings {
    values = Map.copyOf(values);
  }

  static GitSettings read(String text) {
    var values = new HashMap<String, String>();
    String prefix = "";
    for (String line : text.lines().map(String::strip).toList()) {
      Matcher section = SECTION.matcher(line);
      Matcher value = VALUE.matcher(line);
      if (section.matches()) {
        prefix =
            section.group(1).toLowerCase(Locale.ROOT)
                + "."
                + (section.group(2) == null ? "" : section.group(2) + ".");
      } else if (value.matches()) {
        String said = value.group(2).replaceFirst("\\s+[#;].*$", "").strip();
        values.put(
            prefix + value.group(1),
            said.length() > 1 && said.startsWith("\"") && said.endsWith("\"")
                ? said.substring(1, said.length() - 1)
                : said);
      }
    }
    return new GitSettings(values);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
  }
}
