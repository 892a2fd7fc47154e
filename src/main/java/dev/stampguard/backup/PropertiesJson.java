package dev.stampguard.backup;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.stampguard.postgres.database.DatabaseLocale;
import dev.stampguard.postgres.database.DatabaseProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What describes a database beside its content, as JSON. A file of its own and not part of the
 * manifest: people keep secrets in a database's settings.
 */
final class PropertiesJson {
  private PropertiesJson() {}

  static byte[] write(DatabaseProperties properties) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      write(json, properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, DatabaseProperties properties) throws IOException {
    json.writeStartObject();
    json.writeStringField("owner", properties.owner());
    json.writeStringField("encoding", properties.encoding());
    json.writeStringField("collate", properties.locale().collate());
    json.writeStringField("ctype", properties.locale().ctype());
    json.writeStringField("provider", properties.locale().provider());
    json.writeStringField("locale", properties.locale().name().orElse(null));
    json.writeStringField("rules", properties.locale().rules().orElse(null));
    json.writeStringField("tablespace", properties.tablespace());
    json.writeNumberField("connection_limit", properties.connectionLimit());
    json.writeStringField("comment", properties.comment().orElse(null));
    json.writeArrayFieldStart("settings");
    for (DatabaseProperties.Setting setting : properties.settings()) {
      json.writeStartObject();
      json.writeStringField("role", setting.role().orElse(null));
      json.writeStringField("name", setting.name());
      json.writeStringField("value", setting.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    grants(json, properties.grants());
    ManifestJson.array(json, "roles", properties.roles());
    json.writeEndObject();
  }

  private static void grants(JsonGenerator json, Optional<List<DatabaseProperties.Grant>> grants)
      throws IOException {
    if (grants.isEmpty()) {
      json.writeNullField("grants");
      return;
    }
    json.writeArrayFieldStart("grants");
    for (DatabaseProperties.Grant grant : grants.get()) {
      json.writeStartObject();
      json.writeStringField("grantee", grant.grantee().orElse(null));
      json.writeStringField("privilege", grant.privilege());
      json.writeBooleanField("grantable", grant.grantable());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when it is something else
   */
  static DatabaseProperties read(InputStream in) throws IOException {
    JsonNode node = JsonNode.read(in);
    var settings = new ArrayList<DatabaseProperties.Setting>();
    for (JsonNode setting : node.get("settings").items()) {
      settings.add(
          new DatabaseProperties.Setting(
              setting.optionalText("role"),
              setting.get("name").text(),
              setting.get("value").text()));
    }
    Optional<JsonNode> grants = node.optional("grants");
    return new DatabaseProperties(
        node.get("owner").text(),
        node.get("encoding").text(),
        new DatabaseLocale(
            node.get("collate").text(),
            node.get("ctype").text(),
            node.get("provider").text(),
            node.optionalText("locale"),
            node.optionalText("rules")),
        node.get("tablespace").text(),
        Math.toIntExact(node.get("connection_limit").number()),
        node.optionalText("comment"),
        settings,
        grants.isPresent() ? Optional.of(grants(grants.get())) : Optional.empty(),
        node.get("roles").texts());
  }

  private static List<DatabaseProperties.Grant> grants(JsonNode node) throws IOException {
    var grants = new ArrayList<DatabaseProperties.Grant>();
    for (JsonNode grant : node.items()) {
      grants.add(
          new DatabaseProperties.Grant(
              grant.optionalText("grantee"),
              grant.get("privilege").text(),
              grant.get("grantable").flag()));
    }
    return grants;
  }
}
