package dev.stampguard.scenarios;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One JSON object, read for assertions; a key that is not there is a failure. */
record Json(Map<String, Object> values) {

  /** Reads a text that holds exactly one object. */
  static Json parse(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      Json json = object(parser);
      if (parser.nextToken() != null) {
        throw new AssertionError("more than one JSON document: " + text);
      }
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }

  String string(String key) {
    return (String) value(key);
  }

  int number(String key) {
    return ((Number) value(key)).intValue();
  }

  /** The object under a key, or empty where it is {@code null}. */
  Optional<Json> object(String key) {
    return Optional.ofNullable((Json) value(key));
  }

  /** The strings of the array under a key. */
  List<String> strings(String key) {
    return ((List<?>) value(key)).stream().map(String.class::cast).toList();
  }

  /** The objects of the array under a key. */
  List<Json> objects(String key) {
    return ((List<?>) value(key)).stream().map(Json.class::cast).toList();
  }

  private Object value(String key) {
    if (!values.containsKey(key)) {
      throw new AssertionError("no key `" + key + "` in " + values.keySet());
    }
    return values.get(key);
  }

  private static Json object(JsonParser parser) throws IOException {
    var values = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      values.put(key, value(parser));
    }
    return new Json(values);
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    var values = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value: " + parser.currentToken());
    };
  }
}
