package dev.stampguard.tool.alembic;

import dev.stampguard.target.Provenance;
import dev.stampguard.target.Quoting;
import dev.stampguard.target.TracedText;
import java.util.HashMap;
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
   * @param value the value, its continuation lines joined by line feeds
   * @param line the 1-based line of its key
   */
  record Entry(TracedText value, int line) {
    String text() {
      return value.text();
    }
  }

  /**
   * @param text the file's text
   * @param here what {@code %(here)s} stands for
   */
  static IniFile parse(String text, String here) {
    var file = new IniFile();
    file.sections
        .get(DEFAULTS)
        .put("here", new Entry(TracedText.elsewhere(here, "the place of the file"), 0));
    file.read(text);
    return file;
  }

  private void read(String text) {
    Map<String, Entry> section = null;
    String key = null;
    int keyIndent = 0;
    int lineNumber = 0;
    int start = text.startsWith("\ufeff") ? 1 : 0;
    while (start < text.length()) {
      int end = lineEnd(text, start);
      lineNumber++;
      String line = text.substring(start, end);
      String content = line.strip();
      int indent = line.length() - line.stripLeading().length();
      int contentStart = start + indent;
      start = end + (text.startsWith("\r\n", end) ? 2 : 1);
      if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
        continue;
      }
      if (key != null && indent > keyIndent) {
        Entry entry = section.get(key);
        section.put(key, continued(entry, key, content, contentStart));
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
        String rest = content.substring(Math.min(delimiter + 1, content.length()));
        String value = rest.stripLeading();
        int valueStart = contentStart + content.length() - value.length();
        section.put(key, new Entry(traced(value, key, lineNumber, valueStart), lineNumber));
      }
    }
  }

  private static int lineEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static Entry continued(Entry entry, String key, String content, int start) {
    TracedText more = traced(content, key, entry.line(), start);
    if (entry.text().isEmpty()) {
      return new Entry(more, entry.line());
    }
    TracedText joined =
        new TracedText.Builder()
            .append(entry.value())
            .append('\n', more.part(0, 1))
            .append(more)
            .build();
    return new Entry(joined, entry.line());
  }

  private static TracedText traced(String value, String key, int line, int start) {
    var here = new Provenance.Assignment(key, line, start, start + value.length(), Quoting.INI);
    var traced = new TracedText.Builder();
    for (int i = 0; i < value.length(); i++) {
      traced.append(value.charAt(i), here, start + i, start + i + 1);
    }
    return traced.build();
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
    return traced(section, key).map(TracedText::text);
  }

  /** As {@link #value}, with the characters of the file that say it. */
  Optional<TracedText> traced(String section, String key) {
    return raw(section, key).flatMap(entry -> fill(section, entry.value(), 0));
  }

  private Optional<TracedText> fill(String section, TracedText written, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    var filled = new TracedText.Builder();
    Matcher reference = REFERENCE.matcher(written.text());
    int done = 0;
    while (reference.find()) {
      filled.append(written.part(done, reference.start()));
      done = reference.end();
      if (reference.group(1) != null) {
        Optional<TracedText> value =
            raw(section, reference.group(1).toLowerCase(Locale.ROOT))
                .flatMap(entry -> fill(section, entry.value(), depth + 1));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        filled.append(value.get());
      } else if (reference.group().equals("%%")) {
        filled.append('%', written.part(reference.start(), reference.end()));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(filled.append(written.part(done, written.text().length())).build());
  }
}
