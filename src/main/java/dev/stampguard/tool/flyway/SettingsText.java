package dev.stampguard.tool.flyway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads settings files as flat keys with their values; what is a list has several. */
final class SettingsText {
  private SettingsText() {}

  /**
   * A {@code .properties} or {@code .conf} file.
   *
   * @throws IOException when it has a broken escape
   */
  static Map<String, List<String>> properties(String text) throws IOException {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
    var values = new LinkedHashMap<String, List<String>>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> values.put(key, List.of(properties.getProperty(key).strip())));
    return values;
  }

  /**
   * A TOML file.
   *
   * @throws IOException when it is none
   */
  static Map<String, List<String>> toml(String text) throws IOException {
    var values = new LinkedHashMap<String, List<String>>();
    Deque<String> path = new ArrayDeque<>();
    try (JsonParser parser = new TomlFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case FIELD_NAME -> path.addLast(parser.currentName());
          case END_OBJECT -> path.pollLast();
          case START_ARRAY -> {
            values.put(String.join(".", path), strings(parser));
            path.pollLast();
          }
          case START_OBJECT, END_ARRAY, NOT_AVAILABLE -> {
            // A table's name is already on the path; arrays are read where they start.
          }
          case VALUE_STRING,
              VALUE_NUMBER_INT,
              VALUE_NUMBER_FLOAT,
              VALUE_TRUE,
              VALUE_FALSE,
              VALUE_NULL,
              VALUE_EMBEDDED_OBJECT -> {
            values.put(String.join(".", path), List.of(parser.getText()));
            path.pollLast();
          }
        }
      }
    }
    return values;
  }

  private static List<String> strings(JsonParser parser) throws IOException {
    var strings = new ArrayList<String>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isScalarValue()) {
        strings.add(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return strings;
  }

  /**
   * The plain part of YAML that application settings are written in: mappings by indentation,
   * scalars, and lists in both forms. Of several documents the first counts.
   */
  static Map<String, List<String>> yaml(String text) {
    var values = new LinkedHashMap<String, List<String>>();
    var keys = new ArrayList<String>();
    var indents = new ArrayList<Integer>();
    for (String line : text.split("\\R")) {
      if (line.startsWith("---") && !values.isEmpty()) {
        break;
      }
      String content = withoutComment(line);
      if (content.isBlank() || content.startsWith("---")) {
        continue;
      }
      int indent = content.length() - content.stripLeading().length();
      String entry = content.strip();
      if (entry.startsWith("- ")) {
        if (!keys.isEmpty()) {
          values
              .computeIfAbsent(String.join(".", keys), key -> new ArrayList<>())
              .add(unquoted(entry.substring(2)));
        }
        continue;
      }
      int colon = colon(entry);
      if (colon < 0) {
        continue;
      }
      while (!indents.isEmpty() && indents.getLast() >= indent) {
        indents.removeLast();
        keys.removeLast();
      }
      keys.add(unquoted(entry.substring(0, colon)));
      indents.add(indent);
      String value = entry.substring(colon + 1).strip();
      if (value.startsWith("[") && value.endsWith("]")) {
        values.put(
            String.join(".", keys),
            Arrays.stream(value.substring(1, value.length() - 1).split(","))
                .map(SettingsText::unquoted)
                .toList());
      } else if (!value.isEmpty()) {
        values.put(String.join(".", keys), List.of(unquoted(value)));
      }
    }
    return values;
  }

  private static int colon(String entry) {
    for (int at = 0; at < entry.length(); at++) {
      if (entry.charAt(at) == ':'
          && (at + 1 == entry.length() || Character.isWhitespace(entry.charAt(at + 1)))) {
        return at;
      }
    }
    return -1;
  }

  private static String withoutComment(String line) {
    char quote = 0;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#' && (at == 0 || Character.isWhitespace(line.charAt(at - 1)))) {
        return line.substring(0, at);
      }
    }
    return line;
  }

  private static String unquoted(String text) {
    String value = text.strip();
    boolean isQuoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }
}
