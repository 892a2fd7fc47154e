package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.report.ComparisonReport;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The document of {@code compare}. */
final class ComparisonJson {
  private ComparisonJson() {}

  static void write(JsonGenerator json, ComparisonReport report) throws IOException {
    json.writeStringField("command", "compare");
    side(json, "left", report.left());
    side(json, "right", report.right());
    JsonArrays.sorted(json, "only_left", report.onlyLeft());
    JsonArrays.sorted(json, "only_right", report.onlyRight());
    json.writeArrayFieldStart("different");
    for (ComparisonReport.Difference difference :
        report.different().stream()
            .sorted(Comparator.comparing(different -> different.object().toString()))
            .toList()) {
      json.writeStartObject();
      json.writeStringField("object", difference.object().toString());
      json.writeStringField("left", difference.left().text());
      json.writeStringField("right", difference.right().text());
      json.writeEndObject();
    }
    json.writeEndArray();
    rows(json, report.rows());
    json.writeBooleanField("equal", report.equal());
  }

  private static void side(JsonGenerator json, String key, ComparisonReport.Side side)
      throws IOException {
    json.writeObjectFieldStart(key);
    json.writeStringField("name", side.name());
    json.writeNumberField("tables", side.tables());
    json.writeEndObject();
  }

  private static void rows(JsonGenerator json, Optional<List<ComparisonReport.RowCount>> rows)
      throws IOException {
    if (rows.isEmpty()) {
      json.writeNullField("rows");
      return;
    }
    json.writeArrayFieldStart("rows");
    for (ComparisonReport.RowCount count : rows.get()) {
      json.writeStartObject();
      json.writeStringField("object", ObjectName.of(ObjectKind.TABLE, count.table()).toString());
      count(json, "left", count.left());
      count(json, "right", count.right());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void count(JsonGenerator json, String key, OptionalLong count) throws IOException {
    if (count.isPresent()) {
      json.writeNumberField(key, count.getAsLong());
    } else {
      json.writeNullField(key);
    }
  }
}
