package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.IgnoredObject;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.repair.WayOut;
import dev.stampguard.report.DiagnosisReport;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The document of {@code check} and {@code diagnose}. */
final class DiagnosisJson {
  private static final Comparator<IgnoredObject> BY_CODE_AND_OBJECT =
      Comparator.comparing(IgnoredObject::code).thenComparing(IgnoredObject::object);

  private DiagnosisJson() {}

  static void write(JsonGenerator json, DiagnosisReport report) throws IOException {
    Diagnosis diagnosis = report.diagnosis();
    json.writeStringField("command", report.command().label());
    json.writeStringField("verdict", report.verdict().label());
    ProjectJson.target(json, report.target());
    ProjectJson.migrationTool(json, report.toolName(), report.toolLocation(), diagnosis.heads());
    ProjectJson.ledger(json, diagnosis.ledger());
    expectation(json, diagnosis);
    trueState(json, diagnosis.trueState());
    revisions(json, diagnosis.revisions());
    findings(json, report.findings());
    JsonArrays.sorted(json, "extras", report.extras());
    ignored(json, report.ignored());
    siblings(json, report.siblings());
    repairs(json, report.repairs());
    migrationTools(json, report.each());
  }

  private static void expectation(JsonGenerator json, Diagnosis diagnosis) throws IOException {
    json.writeObjectFieldStart("expectation");
    json.writeStringField("source", diagnosis.expectation().label());
    json.writeBooleanField("exact", diagnosis.expectationExact());
    json.writeEndObject();
  }

  /** What every tool says by itself. */
  private static void migrationTools(JsonGenerator json, List<DiagnosisReport> tools)
      throws IOException {
    json.writeArrayFieldStart("migration_tools");
    for (DiagnosisReport tool : tools) {
      Diagnosis diagnosis = tool.diagnosis();
      json.writeStartObject();
      json.writeStringField("name", tool.toolName());
      json.writeStringField("location", tool.toolLocation());
      JsonArrays.sorted(json, "heads", diagnosis.heads());
      ProjectJson.ledger(json, diagnosis.ledger());
      expectation(json, diagnosis);
      trueState(json, diagnosis.trueState());
      json.writeStringField("verdict", diagnosis.verdict().label());
      revisions(json, diagnosis.revisions());
      findings(json, diagnosis.findings());
      repairs(json, tool.repairs());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void trueState(JsonGenerator json, Optional<TrueState> state) throws IOException {
    if (state.isEmpty()) {
      json.writeNullField("true_state");
      return;
    }
    json.writeObjectFieldStart("true_state");
    JsonArrays.sorted(json, "lower", state.get().lower());
    JsonArrays.sorted(json, "upper", state.get().upper());
    json.writeBooleanField("exact", state.get().exact());
    json.writeEndObject();
  }

  private static void revisions(JsonGenerator json, List<RevisionDiagnosis> revisions)
      throws IOException {
    var writer = new RevisionJson(revisions.stream().map(RevisionDiagnosis::revision).toList());
    json.writeArrayFieldStart("revisions");
    for (RevisionDiagnosis revision : revisions) {
      writer.write(json, revision.revision(), Optional.of(revision));
    }
    json.writeEndArray();
  }

  static void findings(JsonGenerator json, List<Finding> findings) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("code", finding.code().name());
      json.writeStringField("severity", finding.severity().label());
      json.writeStringField("title", finding.title());
      json.writeStringField("detail", finding.detail());
      JsonArrays.sorted(json, "objects", finding.objects());
      JsonArrays.ordered(json, "revisions", finding.revisions());
      json.writeStringField("hint", finding.hint());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void ignored(JsonGenerator json, List<IgnoredObject> ignored) throws IOException {
    json.writeArrayFieldStart("ignored");
    for (IgnoredObject object : ignored.stream().sorted(BY_CODE_AND_OBJECT).toList()) {
      json.writeStartObject();
      json.writeStringField("code", object.code().name());
      json.writeStringField("object", object.object());
      json.writeStringField("reason", object.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void siblings(JsonGenerator json, Optional<List<Sibling>> siblings)
      throws IOException {
    if (siblings.isEmpty()) {
      json.writeNullField("siblings");
      return;
    }
    json.writeArrayFieldStart("siblings");
    for (Sibling sibling :
        siblings.get().stream().sorted(Comparator.comparing(Sibling::database)).toList()) {
      json.writeStartObject();
      json.writeStringField("database", sibling.database());
      json.writeStringField("verdict", sibling.verdict().label());
      json.writeNumberField("tables", sibling.tables());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void repairs(JsonGenerator json, Optional<List<WayOut>> repairs)
      throws IOException {
    if (repairs.isEmpty()) {
      json.writeNullField("repairs");
      return;
    }
    json.writeArrayFieldStart("repairs");
    for (WayOut way :
        repairs.get().stream().sorted(Comparator.comparing(WayOut::strategy)).toList()) {
      json.writeStartObject();
      json.writeStringField("strategy", way.strategy().label());
      json.writeBooleanField("applicable", way.applicable());
      json.writeBooleanField("recommended", way.recommended());
      json.writeStringField("reason", way.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
