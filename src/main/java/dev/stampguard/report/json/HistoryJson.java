package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.report.HistoryReport;
import java.io.IOException;

/** The document of {@code history}. */
final class HistoryJson {
  private HistoryJson() {}

  static void write(JsonGenerator json, HistoryReport report) throws IOException {
    json.writeStringField("command", "history");
    if (report.target().isPresent()) {
      ProjectJson.target(json, report.target().get());
    } else {
      json.writeNullField("target");
    }
    ProjectJson.migrationTool(json, report.toolName(), report.toolLocation(), report.heads());
    if (report.ledger().isPresent()) {
      ProjectJson.ledger(json, report.ledger().get());
    } else {
      json.writeNullField("ledger");
    }
    var writer =
        new RevisionJson(report.entries().stream().map(HistoryReport.Entry::revision).toList());
    json.writeArrayFieldStart("revisions");
    for (HistoryReport.Entry entry : report.entries()) {
      writer.write(json, entry.revision(), entry.judged());
    }
    json.writeEndArray();
  }
}
