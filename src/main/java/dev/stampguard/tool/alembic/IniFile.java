package dev.stampguard.tool.alembic;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ini file as Python's {@code configparser} reads it: comments only on lines of their own, a
 * deeper indented line continues the value above, {@code %(key)s} takes in another key of the
 * section or of {@code [DEFAULT]}, {@code %%} is a percent sign.
 */
final class IniFile {
  private static final String DEFAULTS = "DEFAULT";

  /** As configparser's own limit for values that take in values. */
  private static final int DEEPEST = 10;

  private static final Pattern SECTION = Pattern.compile("\\[(.+)\\].*");
  private static final Pattern REFERENCE = Pattern.compile("%%|%\\(([^)]*)\\)s|%");

  private final Map<String, Map<String, Entry>> sections = new HashMap<>();

  private IniFile() {
    sections.put(DEFAULTS, new HashMap<>());
  }

  /**
   * A value as written.
   *
   * @param text the value, its continuation lines joined by line feeds
   * @param line the 1-based line of its key
   */
  record Entry(String text, int line) {}

  /**
   * @param text the file's text
   * @param here what {@code %(here)s} stands for
   */
  static IniFile parse(String text, String here) {
    var file = new IniFile();
    file.sections.get(DEFAULTS).put("here", new Entry(here, 0));
    file.read(text.startsWith("\ufeff") ? text.substring(1) : text);
    return file;
  }

  private void read(String text) {
    Map<String, Entry> section = null;
    String key = null;
    int keyIndent = 0;
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String content = line.strip();
      if (content.startsWith("#") || content.startsWith(";")) {
        continue;
      }
      int indent = line.length() - line.stripLeading().length();
      if (content.isEmpty()) {
        continue;
      }
      if (key != null && indent > keyIndent) {
        Entry entry = section.get(key);
        section.put(key, new Entry((entry.text() + "\n" + content).strip(), entry.line()));
        continue;
      }
      Matcher header = SECTION.matcher(content);
      if (header.matches()) {
        section = sections.computeIfAbsent(header.group(1), name -> new HashMap<>());
        key = null;
      } else if (section != null) {
        int delimiter = delimiter(content);
        keyIndent = indent;
        key = content.substring(0, delimiter).strip().toLowerCase(Locale.ROOT);
        String value =
            delimiter == content.length() ? "" : content.substring(delimiter + 1).strip();
        section.put(key, new Entry(value, i + 1));
      }
    }
  }

  private static int delimiter(String content) {
    for (int i = 0; i < content.length(); i++) {
      if (content.charAt(i) == '=' || content.charAt(i) == ':') {
        return i;
      }
    }
    return content.length();
  }

  boolean hasSection(String name) {
    return sections.containsKey(name);
  }

  /** The value as written; empty when the key is neither in the section nor in DEFAULT. */
  Optional<Entry> raw(String section, String key) {
    Entry entry = sections.getOrDefault(section, Map.of()).get(key);
    return Optional.ofNullable(entry != null ? entry : sections.get(DEFAULTS).get(key));
  }

  /** The value with its references filled in; empty as well when one of them cannot be. */
  Optional<String> value(String section, String key) {
    return raw(section, key).flatMap(entry -> fill(section, entry.text(), 0));
  }

  private Optional<String> fill(String section, String text, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    var filled = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      Optional<String> value;
      if (reference.group(1) != null) {
        value =
            raw(section, reference.group(1).toLowerCase(Locale.ROOT))
                .flatMap(entry -> fill(section, entry.text(), depth + 1));
      } else {
        value = reference.group().equals("%%") ? Optional.of("%") : Optional.empty();
      }
      if (value.isEmpty()) {
        return Optional.empty();
      }
      reference.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(reference.appendTail(filled).toString());
  }
}
