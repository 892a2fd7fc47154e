package dev.stampguard.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a JSON document and where it stands in it. Every accessor says by {@link IOException}
 * what is not as it must be.
 */
final class JsonNode {
  private static final JsonFactory JSON = new JsonFactory();

  private final Object value;
  private final String path;

  private JsonNode(Object value, String path) {
    this.value = value;
    this.path = path;
  }

  static JsonNode read(InputStream in) throws IOException {
    try (JsonParser parser = JSON.createParser(in)) {
      parser.nextToken();
      return new JsonNode(value(parser), "");
    }
  }

  static JsonNode read(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      return new JsonNode(value(parser), "");
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        var items = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Optional.empty();
      case null, default -> throw new IOException("it breaks off or holds what it must not");
    };
  }

  JsonNode get(String name) throws IOException {
    Object member = object().get(name);
    if (member == null) {
      throw new IOException("`%s/%s` is missing".formatted(path, name));
    }
    return new JsonNode(member, path + "/" + name);
  }

  /** Empty when the member is null. */
  Optional<JsonNode> optional(String name) throws IOException {
    JsonNode member = get(name);
    return member.value.equals(Optional.empty()) ? Optional.empty() : Optional.of(member);
  }

  /** Empty when the member is null. */
  Optional<String> optionalText(String name) throws IOException {
    Optional<JsonNode> member = optional(name);
    return member.isPresent() ? Optional.of(member.get().text()) : Optional.empty();
  }

  String text() throws IOException {
    return as(String.class);
  }

  long number() throws IOException {
    return as(Long.class);
  }

  boolean flag() throws IOException {
    return as(Boolean.class);
  }

  List<JsonNode> items() throws IOException {
    var items = new ArrayList<JsonNode>();
    for (Object item : as(List.class)) {
      items.add(new JsonNode(item, path + "/" + items.size()));
    }
    return items;
  }

  List<String> texts() throws IOException {
    var texts = new ArrayList<String>();
    for (JsonNode item : items()) {
      texts.add(item.text());
    }
    return texts;
  }

  Map<String, JsonNode> members() throws IOException {
    var members = new LinkedHashMap<String, JsonNode>();
    for (Map.Entry<?, ?> member : object().entrySet()) {
      String name = (String) member.getKey();
      members.put(name, new JsonNode(member.getValue(), path + "/" + name));
    }
    return members;
  }

  private Map<?, ?> object() throws IOException {
    return as(Map.class);
  }

  private <T> T as(Class<T> type) throws IOException {
    if (!type.isInstance(value)) {
      throw new IOException("`%s` is not what it must be".formatted(path));
    }
    return type.cast(value);
  }
}
