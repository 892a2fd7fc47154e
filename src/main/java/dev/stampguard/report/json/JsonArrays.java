package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Stream;

/** Arrays as the contract wants them. */
final class JsonArrays {
  private JsonArrays() {}

  /** Strings in the order they are given, for lists whose order means something. */
  static void ordered(JsonGenerator json, String key, Collection<String> values)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /**
   * Values by their text, sorted as text: the one order that a script can check without knowing the
   * kinds of objects.
   */
  static void sorted(JsonGenerator json, String key, Collection<?> values) throws IOException {
    ordered(json, key, text(values).toList());
  }

  private static Stream<String> text(Collection<?> values) {
    return values.stream().map(Object::toString).sorted();
  }
}
