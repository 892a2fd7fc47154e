package dev.stampguard.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A settings file as flat keys: the names on the way joined by dots.
 *
 * @param values what has a value, and its values, of which a list has several
 * @param tables the keys of what holds others, the whole file's being empty
 */
public record FlatSettings(Map<String, List<String>> values, Set<String> tables) {
  public FlatSettings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    tables = Set.copyOf(tables);
  }

  /**
   * A TOML file.
   *
   * @throws IOException when it is none
   */
  public static FlatSettings toml(String text) throws IOException {
    return read(new TomlFactory(), text);
  }

  /**
   * A YAML file; of several documents the first.
   *
   * @throws IOException when it is none
   */
  public static FlatSettings yaml(String text) throws IOException {
    return read(new YAMLFactory(), text);
  }

  private static FlatSettings read(JsonFactory form, String text) throws IOException {
    var values = new LinkedHashMap<String, List<String>>();
    var tables = new HashSet<String>();
    Deque<String> path = new ArrayDeque<>();
    int depth = 0;
    try (JsonParser parser = form.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case FIELD_NAME -> path.addLast(parser.currentName());
          case START_OBJECT -> {
            depth++;
            tables.add(String.join(".", path));
          }
          case END_OBJECT -> {
            path.pollLast();
            depth--;
            if (depth == 0) {
              return new FlatSettings(values, tables);
            }
          }
          case START_ARRAY -> {
            values.put(String.join(".", path), strings(parser));
            path.pollLast();
          }
          case VALUE_STRING,
              VALUE_NUMBER_INT,
              VALUE_NUMBER_FLOAT,
              VALUE_TRUE,
              VALUE_FALSE,
              VALUE_EMBEDDED_OBJECT -> {
            values.put(String.join(".", path), List.of(parser.getText()));
            path.pollLast();
          }
          case VALUE_NULL -> path.pollLast();
          case END_ARRAY, NOT_AVAILABLE -> {
            // Lists are read where they start; the text is all there.
          }
        }
      }
    }
    return new FlatSettings(values, tables);
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
}
