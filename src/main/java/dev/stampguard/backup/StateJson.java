package dev.stampguard.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.expectation.lock.CatalogFingerprint;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A state as JSON: in manifests, and wherever else a state is to be remembered. */
public final class StateJson {
  private StateJson() {}

  /** As one line. */
  public static String toText(DatabaseState state) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @throws IOException when it is something else
   */
  public static DatabaseState parse(String text) throws IOException {
    return read(JsonNode.read(text));
  }

  /** Writes it as an object. */
  public static void write(JsonGenerator json, DatabaseState state) throws IOException {
    json.writeStartObject();
    json.writeStringField("fingerprint", state.fingerprint().hex());
    json.writeStringField("identity", state.identity());
    json.writeStringField("snapshot", state.snapshot());
    json.writeNumberField("large_objects", state.largeObjects());
    json.writeArrayFieldStart("ledger");
    for (String id : state.ledger()) {
      json.writeString(id);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("tables");
    for (Map.Entry<String, TableState> table : state.tables().entrySet()) {
      json.writeObjectFieldStart(table.getKey());
      json.writeNumberField("rows", table.getValue().rows());
      json.writeStringField("digest", table.getValue().digest());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  static DatabaseState read(JsonNode node) throws IOException {
    var tables = new TreeMap<String, TableState>();
    for (Map.Entry<String, JsonNode> table : node.get("tables").members().entrySet()) {
      tables.put(
          table.getKey(),
          new TableState(
              table.getValue().get("rows").number(), table.getValue().get("digest").text()));
    }
    try {
      return new DatabaseState(
          new CatalogFingerprint(node.get("fingerprint").text()),
          tables,
          node.get("ledger").texts(),
          node.get("snapshot").text(),
          node.get("identity").text(),
          node.get("large_objects").number());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage());
    }
  }
}
