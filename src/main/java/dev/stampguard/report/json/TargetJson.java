package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.report.TargetReport;
import java.io.IOException;

/** The document of {@code target}. */
final class TargetJson {
  private TargetJson() {}

  static void write(JsonGenerator json, TargetReport report) throws IOException {
    json.writeStringField("command", "target");
    ProjectJson.target(json, report.target());
    json.writeStringField("project", report.project().orElse(null));
    json.writeArrayFieldStart("losing");
    for (TargetReport.Losing losing : report.losing()) {
      json.writeStartObject();
      json.writeStringField("source", losing.source());
      json.writeStringField("database", losing.database());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("policy", report.policy().orElse(null));
    if (report.switched().isEmpty()) {
      json.writeNullField("switched");
      return;
    }
    TargetReport.Switch switched = report.switched().get();
    json.writeObjectFieldStart("switched");
    json.writeStringField("where", switched.where());
    json.writeStringField("from", switched.from());
    json.writeStringField("to", switched.to());
    json.writeStringField("verdict", switched.verdict().map(Verdict::label).orElse(null));
    json.writeStringField("backup", switched.backup());
    json.writeStringField("undo", switched.undo());
    json.writeEndObject();
  }
}
