package dev.stampguard.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.FindingHelp;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.TargetView;
import dev.stampguard.report.json.JsonDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/**
 * Writes one run: the codes that occur as rules, and one result per finding. See
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
 */
public final class SarifRenderer {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private final RunFacts run;

  public SarifRenderer(RunFacts run) {
    this.run = Objects.requireNonNull(run);
  }

  /**
   * Writes the log and leaves the stream open.
   *
   * @throws IOException when the stream does
   */
  public void write(DiagnosisReport report, OutputStream out) throws IOException {
    List<FindingCode> rules =
        report.findings().stream().map(Finding::code).distinct().sorted().toList();
    try (JsonGenerator json = JsonDocument.open(out)) {
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      tool(json, rules);
      invocation(json);
      var results = new SarifResults(report, run, rules);
      json.writeArrayFieldStart("results");
      for (Finding finding : report.findings()) {
        results.write(json, finding);
      }
      json.writeEndArray();
      json.writeStringField("columnKind", "utf16CodeUnits");
      properties(json, report);
      json.writeEndObject();
      json.writeEndArray();
      JsonDocument.end(json);
    }
  }

  private void tool(JsonGenerator json, List<FindingCode> rules) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "stampguard");
    json.writeStringField("version", run.toolVersion());
    json.writeArrayFieldStart("rules");
    for (FindingCode code : rules) {
      rule(json, FindingHelp.of(code));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void rule(JsonGenerator json, FindingHelp help) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", help.code().name());
    text(json, "shortDescription", help.code().title());
    text(json, "fullDescription", help.meaning());
    text(json, "help", help.signature() + "\n\n" + help.remedy());
    json.writeObjectFieldStart("defaultConfiguration");
    json.writeStringField("level", level(help.code().severity()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private void invocation(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("invocations");
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", true);
    json.writeStringField("endTimeUtc", run.made().toString());
    json.writeNumberField("exitCode", run.outcome().exitCode().code());
    json.writeStringField("exitCodeDescription", run.outcome().exitCode().meaning());
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void properties(JsonGenerator json, DiagnosisReport report) throws IOException {
    TargetView target = report.target();
    json.writeObjectFieldStart("properties");
    json.writeStringField("verdict", report.verdict().label());
    json.writeNumberField("acceptedDifferences", report.ignored().size());
    json.writeStringField("database", target.database());
    json.writeStringField("host", target.host());
    json.writeNumberField("port", target.port());
    json.writeEndObject();
  }

  static void text(JsonGenerator json, String field, String text) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }
}
