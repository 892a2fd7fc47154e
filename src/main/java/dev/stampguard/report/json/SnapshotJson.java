package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.expectation.lock.LockDrift;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.report.SnapshotReport;
import java.io.IOException;

/** The document of {@code snapshot}. */
final class SnapshotJson {
  private SnapshotJson() {}

  static void write(JsonGenerator json, SnapshotReport report) throws IOException {
    json.writeStringField("command", "snapshot");
    json.writeStringField("file", report.file());
    json.writeNumberField("revisions", report.revisions());
    json.writeNumberField("objects", report.objects());
    json.writeBooleanField("changed", report.changed());
    json.writeBooleanField("checked", report.checked());
    json.writeStringField("made_with", report.madeWith());
    previous(json, report.previous());
    JsonArrays.ordered(json, "remarks", report.remarks());
  }

  private static void previous(JsonGenerator json, PreviousLock previous) throws IOException {
    json.writeObjectFieldStart("previous");
    switch (previous) {
      case PreviousLock.Absent() -> {
        json.writeStringField("state", "absent");
        json.writeNullField("problem");
        json.writeNullField("drift");
      }
      case PreviousLock.Broken(String reason) -> {
        json.writeStringField("state", "broken");
        json.writeStringField("problem", reason);
        json.writeNullField("drift");
      }
      case PreviousLock.Intact intact -> {
        json.writeStringField("state", "intact");
        json.writeNullField("problem");
        drift(json, intact.drift());
      }
    }
    json.writeEndObject();
  }

  private static void drift(JsonGenerator json, LockDrift drift) throws IOException {
    json.writeObjectFieldStart("drift");
    JsonArrays.ordered(json, "added", drift.added());
    JsonArrays.ordered(json, "edited", drift.edited());
    JsonArrays.ordered(json, "reparented", drift.reparented());
    JsonArrays.ordered(json, "vanished", drift.vanished());
    json.writeEndObject();
  }
}
