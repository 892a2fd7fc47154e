package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.report.SyncReport;
import dev.stampguard.report.SyncReport.Entry;
import java.io.IOException;

/** The document of {@code sync}. */
final class SyncJson {
  private SyncJson() {}

  static void write(JsonGenerator json, SyncReport report) throws IOException {
    json.writeStringField("command", "sync");
    ProjectJson.target(json, report.target());
    ProjectJson.migrationTool(json, report.toolName(), report.toolLocation(), report.heads());
    json.writeArrayFieldStart("databases");
    for (Entry entry : report.databases()) {
      json.writeStartObject();
      json.writeStringField("database", entry.name());
      json.writeBooleanField("in_step", entry.isInStep());
      switch (entry) {
        case Entry.Judged judged -> judged(json, judged.report().diagnosis());
        case Entry.Failed failed -> {
          json.writeNullField("verdict");
          json.writeNullField("recorded");
          json.writeNullField("pending");
          json.writeNullField("accepted");
          json.writeStringField("problem", failed.failure().getMessage());
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("in_step", report.lagging() == 0);
  }

  private static void judged(JsonGenerator json, Diagnosis diagnosis) throws IOException {
    json.writeStringField("verdict", diagnosis.verdict().label());
    JsonArrays.sorted(json, "recorded", diagnosis.ledger().rows());
    json.writeNumberField(
        "pending",
        diagnosis.revisions().stream()
            .filter(revision -> revision.state() == RevisionState.PENDING)
            .count());
    json.writeNumberField("accepted", diagnosis.ignored().size());
    json.writeNullField("problem");
  }
}
