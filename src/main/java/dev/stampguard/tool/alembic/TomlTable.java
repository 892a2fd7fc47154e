package dev.stampguard.tool.alembic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code [tool.alembic]} of a {@code pyproject.toml}, which Alembic 1.16 and up read. */
final class TomlTable {
  private static final List<String> PATH = List.of("tool", "alembic");

  private final Map<String, List<String>> values;

  private TomlTable(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the table.
   *
   * @param text the whole file
   * @param here what {@code %(here)s} stands for
   * @return empty when the file has no such table
   * @throws IOException when the text is not TOML
   */
  static Optional<TomlTable> parse(String text, String here) throws IOException {
    if (!text.contains("alembic")) {
      return Optional.empty();
    }
    var values = new HashMap<String, List<String>>();
    Deque<String> path = new ArrayDeque<>();
    boolean found = false;
    try (JsonParser parser = new TomlFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case FIELD_NAME -> path.addLast(parser.currentName());
          case END_OBJECT -> path.pollLast();
          case START_ARRAY -> {
            if (isBelow(path)) {
              values.put(path.getLast(), strings(parser, here));
            } else {
              parser.skipChildren();
            }
            path.pollLast();
          }
          case START_OBJECT -> found |= List.copyOf(path).equals(PATH);
          case VALUE_STRING,
              VALUE_NUMBER_INT,
              VALUE_NUMBER_FLOAT,
              VALUE_TRUE,
              VALUE_FALSE,
              VALUE_NULL,
              VALUE_EMBEDDED_OBJECT -> {
            if (isBelow(path)) {
              values.put(path.getLast(), List.of(fill(parser.getText(), here)));
            }
            path.pollLast();
          }
          case END_ARRAY, NOT_AVAILABLE -> {
            // arrays are read where they start; the text is all there
          }
        }
      }
    }
    return found ? Optional.of(new TomlTable(values)) : Optional.empty();
  }

  private static boolean isBelow(Deque<String> path) {
    return path.size() == PATH.size() + 1 && List.copyOf(path).subList(0, PATH.size()).equals(PATH);
  }

  private static List<String> strings(JsonParser parser, String here) throws IOException {
    var strings = new ArrayList<String>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isScalarValue()) {
        strings.add(fill(parser.getText(), here));
      } else {
        parser.skipChildren();
      }
    }
    return strings;
  }

  private static String fill(String value, String here) {
    return value.replace("%(here)s", here).replace("%%", "%");
  }

  /** A key's strings: the elements of a list, or the one value. */
  Optional<List<String>> strings(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
