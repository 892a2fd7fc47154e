package dev.stampguard.backup;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.stampguard.catalog.QualifiedName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A manifest as JSON. */
final class ManifestJson {
  /** To be raised with every change that an older stampguard would not understand. */
  private static final int FORMAT_VERSION = 1;

  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("format_version", FORMAT_VERSION);
      json.writeStringField("tool_version", manifest.toolVersion());
      json.writeStringField("created", manifest.created().toString());
      json.writeStringField("kind", manifest.kind().label());
      json.writeStringField("database", manifest.place().database());
      json.writeStringField("host", manifest.place().host());
      json.writeNumberField("port", manifest.place().port());
      if (manifest.trueState().isPresent()) {
        json.writeObjectFieldStart("true_state");
        array(json, "lower", manifest.trueState().get().lower());
        array(json, "upper", manifest.trueState().get().upper());
        json.writeBooleanField("exact", manifest.trueState().get().exact());
        json.writeEndObject();
      } else {
        json.writeNullField("true_state");
      }
      if (manifest.dump().isPresent()) {
        dump(json, manifest.dump().get());
      } else {
        json.writeNullField("dump");
      }
      files(json, manifest);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void dump(JsonGenerator json, Manifest.Dump dump) throws IOException {
    json.writeObjectFieldStart("dump");
    json.writeStringField("server_version", dump.serverVersion());
    json.writeNumberField("client_major", dump.clientMajor());
    if (dump.ledger().isPresent()) {
      json.writeObjectFieldStart("ledger");
      json.writeStringField("schema", dump.ledger().get().table().schema());
      json.writeStringField("table", dump.ledger().get().table().name());
      json.writeStringField("column", dump.ledger().get().column());
      json.writeEndObject();
    } else {
      json.writeNullField("ledger");
    }
    array(json, "held_tables", dump.heldTables());
    json.writeFieldName("state");
    StateJson.write(json, dump.state());
    json.writeEndObject();
  }

  private static void files(JsonGenerator json, Manifest manifest) throws IOException {
    json.writeArrayFieldStart("env_files");
    for (Manifest.EnvCopy copy : manifest.envFiles()) {
      json.writeStartObject();
      json.writeStringField("path", copy.path());
      json.writeStringField("original", copy.original());
      json.writeStringField("owner", copy.owner());
      json.writeStringField("group", copy.group());
      json.writeStringField("mode", copy.mode());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("files");
    for (Manifest.StoredFile file : manifest.files()) {
      json.writeStartObject();
      json.writeStringField("path", file.path());
      json.writeNumberField("bytes", file.bytes());
      json.writeStringField("sha256", file.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void array(JsonGenerator json, String name, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /**
   * Reads one back.
   *
   * @throws IOException when it is damaged, or written by a newer stampguard
   */
  static Manifest read(byte[] bytes) throws IOException {
    JsonNode json = JsonNode.read(new ByteArrayInputStream(bytes));
    long version = json.get("format_version").number();
    if (version != FORMAT_VERSION) {
      throw new IOException(
          "its format is %s, and this stampguard reads %s".formatted(version, FORMAT_VERSION));
    }
    try {
      var dump = json.optional("dump");
      var trueState = json.optional("true_state");
      return new Manifest(
          json.get("tool_version").text(),
          Instant.parse(json.get("created").text()),
          kind(json.get("kind").text()),
          new Manifest.Place(
              json.get("database").text(),
              json.get("host").text(),
              Math.toIntExact(json.get("port").number())),
          trueState.isPresent() ? Optional.of(span(trueState.get())) : Optional.empty(),
          dump.isPresent() ? Optional.of(dump(dump.get())) : Optional.empty(),
          envFiles(json.get("env_files")),
          files(json.get("files")));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new IOException(e.getMessage());
    }
  }

  private static Manifest.Kind kind(String label) throws IOException {
    return Manifest.Kind.ofLabel(label)
        .orElseThrow(() -> new IOException("its kind is `%s`".formatted(label)));
  }

  private static Manifest.RevisionSpan span(JsonNode node) throws IOException {
    return new Manifest.RevisionSpan(
        node.get("lower").texts(), node.get("upper").texts(), node.get("exact").flag());
  }

  private static Manifest.LedgerTable ledger(JsonNode node) throws IOException {
    return new Manifest.LedgerTable(
        new QualifiedName(node.get("schema").text(), node.get("table").text()),
        node.get("column").text());
  }

  private static Manifest.Dump dump(JsonNode node) throws IOException {
    Optional<JsonNode> ledger = node.optional("ledger");
    return new Manifest.Dump(
        node.get("server_version").text(),
        Math.toIntExact(node.get("client_major").number()),
        ledger.isPresent() ? Optional.of(ledger(ledger.get())) : Optional.empty(),
        StateJson.read(node.get("state")),
        new TreeSet<>(node.get("held_tables").texts()));
  }

  private static List<Manifest.EnvCopy> envFiles(JsonNode node) throws IOException {
    var copies = new ArrayList<Manifest.EnvCopy>();
    for (JsonNode copy : node.items()) {
      copies.add(
          new Manifest.EnvCopy(
              copy.get("path").text(),
              copy.get("original").text(),
              copy.get("owner").text(),
              copy.get("group").text(),
              copy.get("mode").text()));
    }
    return copies;
  }

  private static List<Manifest.StoredFile> files(JsonNode node) throws IOException {
    var files = new ArrayList<Manifest.StoredFile>();
    for (JsonNode file : node.items()) {
      files.add(
          new Manifest.StoredFile(
              file.get("path").text(), file.get("bytes").number(), file.get("sha256").text()));
    }
    return files;
  }
}
