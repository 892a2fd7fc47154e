package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.plan.PlanOptions;
import dev.stampguard.repair.plan.PlannedStep;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.report.RepairReport;
import java.io.IOException;
import java.util.Optional;

/** The document of {@code repair}; saved, it is a plan that can be applied later. */
final class RepairJson {
  private RepairJson() {}

  static void write(JsonGenerator json, RepairReport report) throws IOException {
    json.writeStringField("command", "repair");
    ProjectJson.target(json, report.target());
    json.writeBooleanField("applied", report.result().isPresent());
    plan(json, report);
    result(json, report.result());
  }

  private static void plan(JsonGenerator json, RepairReport report) throws IOException {
    RepairPlan plan = report.plan();
    json.writeObjectFieldStart("plan");
    json.writeStringField("id", plan.id());
    json.writeStringField("strategy", plan.strategy().map(Strategy::label).orElse(null));
    json.writeStringField("fingerprint", plan.fingerprint());
    JsonArrays.sorted(json, "ledger", plan.ledger());
    json.writeBooleanField("rehearsed", plan.rehearsed());
    JsonArrays.sorted(json, "hazards", plan.hazards());
    JsonArrays.ordered(json, "undecided", plan.undecided());
    json.writeArrayFieldStart("steps");
    for (PlannedStep step : plan.steps()) {
      step(json, step);
    }
    json.writeEndArray();
    JsonArrays.ordered(json, "verification", report.verification());
    options(json, report.options());
    json.writeEndObject();
  }

  private static void step(JsonGenerator json, PlannedStep planned) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", planned.number());
    json.writeStringField("kind", planned.step().kind());
    json.writeStringField("sql", planned.step().sql().orElse(null));
    json.writeStringField("command", planned.step().command().orElse(null));
    json.writeStringField("reason", planned.reason().map(Enum::name).orElse(null));
    JsonArrays.sorted(json, "hazards", planned.hazards());
    json.writeStringField("inverse", planned.step().inverse().orElse(null));
    json.writeNumberField("segment", planned.segment());
    json.writeStringField("remark", planned.step().remark().orElse(null));
    json.writeEndObject();
  }

  private static void options(JsonGenerator json, PlanOptions options) throws IOException {
    json.writeObjectFieldStart("options");
    JsonArrays.sorted(json, "assume_applied", options.decisions().assumeApplied());
    JsonArrays.sorted(json, "run", options.decisions().run());
    json.writeStringField("backup", options.backup().label());
    json.writeStringField("reference", options.reference().orElse(null));
    json.writeStringField("to", options.to().orElse(null));
    json.writeBooleanField("copy_data", options.copyData());
    json.writeBooleanField("redefine", options.redefine());
    json.writeBooleanField("terminate", options.terminate());
    JsonArrays.sorted(
        json,
        "backfills",
        options.backfills().entrySet().stream()
            .map(backfill -> backfill.getKey() + "=" + backfill.getValue())
            .toList());
    json.writeEndObject();
  }

  private static void result(JsonGenerator json, Optional<RepairReport.Result> result)
      throws IOException {
    if (result.isEmpty()) {
      json.writeNullField("result");
      return;
    }
    json.writeObjectFieldStart("result");
    json.writeStringField("verdict", result.get().verdict().label());
    json.writeStringField("backup", result.get().backup().orElse(null));
    json.writeStringField("undo", result.get().undo().orElse(null));
    json.writeNumberField("segments", result.get().segments());
    JsonArrays.ordered(json, "notes", result.get().notes());
    json.writeEndObject();
  }
}
