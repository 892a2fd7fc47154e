package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.OfflineReport;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The document of {@code check --offline}: what only a database could tell is {@code null}. */
final class OfflineJson {
  private OfflineJson() {}

  static void write(JsonGenerator json, OfflineReport report) throws IOException {
    json.writeStringField("command", DiagnosisReport.Command.CHECK.label());
    json.writeNullField("verdict");
    json.writeNullField("target");
    ProjectJson.migrationTool(json, report.toolName(), report.toolLocation(), report.heads());
    json.writeNullField("ledger");
    json.writeNullField("expectation");
    json.writeNullField("true_state");
    var writer = new RevisionJson(report.revisions());
    json.writeArrayFieldStart("revisions");
    for (Revision revision : report.revisions()) {
      writer.write(json, revision, Optional.empty());
    }
    json.writeEndArray();
    DiagnosisJson.findings(json, report.findings());
    for (String key : List.of("extras", "ignored", "siblings", "repairs")) {
      json.writeNullField(key);
    }
  }
}
