package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.report.RestoreReport;
import java.io.IOException;

/** The document of {@code restore}. */
final class RestoreJson {
  private RestoreJson() {}

  static void write(JsonGenerator json, RestoreReport report) throws IOException {
    json.writeStringField("command", "restore");
    json.writeStringField("restored", report.restored());
    json.writeStringField("database", report.database().orElse(null));
    json.writeStringField("kept", report.kept().orElse(null));
    json.writeArrayFieldStart("files");
    for (RestoreReport.RestoredFile file : report.files()) {
      json.writeStartObject();
      json.writeStringField("file", file.file());
      json.writeStringField("kept", file.kept().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
    JsonArrays.ordered(json, "warnings", report.warnings());
  }
}
