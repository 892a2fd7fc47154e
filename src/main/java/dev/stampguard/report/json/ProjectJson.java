package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.report.TargetView;
import dev.stampguard.tool.Ledger;
import java.io.IOException;
import java.util.List;

/** The members that say what was looked at, alike in every document that has them. */
final class ProjectJson {
  private ProjectJson() {}

  static void target(JsonGenerator json, TargetView target) throws IOException {
    json.writeObjectFieldStart("target");
    json.writeStringField("database", target.database());
    json.writeStringField("host", target.host());
    json.writeNumberField("port", target.port());
    json.writeStringField("user", target.user());
    json.writeStringField("source", target.source());
    json.writeStringField("server_version", target.serverVersion().orElse(null));
    json.writeEndObject();
  }

  static void migrationTool(JsonGenerator json, String name, String location, List<String> heads)
      throws IOException {
    json.writeObjectFieldStart("migration_tool");
    json.writeStringField("name", name);
    json.writeStringField("location", location);
    JsonArrays.sorted(json, "heads", heads);
    json.writeEndObject();
  }

  /** The table is named where it is or, when there is none yet, where it would be. */
  static void ledger(JsonGenerator json, Ledger ledger) throws IOException {
    json.writeObjectFieldStart("ledger");
    json.writeStringField("table", ledger.table().toString());
    JsonArrays.sorted(json, "recorded", ledger.rows());
    json.writeEndObject();
  }
}
