package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.StampguardException;
import dev.stampguard.report.BackupReport;
import dev.stampguard.report.ComparisonReport;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.FleetLine;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.OfflineReport;
import dev.stampguard.report.RepairReport;
import dev.stampguard.report.Report;
import dev.stampguard.report.RestoreReport;
import dev.stampguard.report.SnapshotReport;
import dev.stampguard.report.SyncReport;
import dev.stampguard.report.TargetReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Writes a report as one JSON document. */
public final class JsonRenderer {
  /** The number in every document; it changes when a script that reads one could break. */
  public static final int FORMAT_VERSION = 1;

  private final String toolVersion;

  /**
   * @param toolVersion stampguard's own version, for {@code tool_version}
   */
  public JsonRenderer(String toolVersion) {
    this.toolVersion = Objects.requireNonNull(toolVersion);
  }

  /**
   * Writes one document and leaves the stream open.
   *
   * @throws IOException when the stream does
   */
  public void write(Report report, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonDocument.open(out)) {
      document(json, report);
    }
  }

  /**
   * Writes one document without a line end in it, to be one of many, and leaves the stream open.
   *
   * @throws IOException when the stream does
   */
  public void writeLine(FleetLine line, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonDocument.compact(out)) {
      switch (line) {
        case FleetLine.Judged judged -> document(json, judged.report());
        case FleetLine.Failed failed -> {
          json.writeStartObject();
          json.writeNumberField("format_version", FORMAT_VERSION);
          json.writeStringField("command", DiagnosisReport.Command.CHECK.label());
          ProjectJson.target(json, failed.target());
          json.writeStringField("schema", failed.schema().orElse(null));
          error(json, failed.failure());
          JsonDocument.end(json);
        }
      }
    }
  }

  private void document(JsonGenerator json, Report report) throws IOException {
    json.writeStartObject();
    json.writeNumberField("format_version", FORMAT_VERSION);
    json.writeStringField("tool_version", toolVersion);
    switch (report) {
      case DiagnosisReport diagnosis -> DiagnosisJson.write(json, diagnosis);
      case OfflineReport offline -> OfflineJson.write(json, offline);
      case HistoryReport history -> HistoryJson.write(json, history);
      case ComparisonReport comparison -> ComparisonJson.write(json, comparison);
      case TargetReport target -> TargetJson.write(json, target);
      case SyncReport sync -> SyncJson.write(json, sync);
      case SnapshotReport snapshot -> SnapshotJson.write(json, snapshot);
      case RepairReport repair -> RepairJson.write(json, repair);
      case BackupReport backup -> BackupJson.write(json, backup);
      case RestoreReport restore -> RestoreJson.write(json, restore);
    }
    JsonDocument.end(json);
  }

  /**
   * Writes the document that stands for a run that ended early, and leaves the stream open.
   *
   * @param command the command that failed, as in a report of it; {@code null} when the command
   *     line named none
   * @throws IOException when the stream does
   */
  public void writeFailure(String command, StampguardException failure, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JsonDocument.open(out)) {
      json.writeStartObject();
      json.writeNumberField("format_version", FORMAT_VERSION);
      json.writeStringField("command", command);
      error(json, failure);
      JsonDocument.end(json);
    }
  }

  private static void error(JsonGenerator json, StampguardException failure) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeNumberField("exit_code", failure.exitCode().code());
    json.writeStringField("message", failure.getMessage());
    json.writeStringField("hint", failure.hint().orElse(null));
    json.writeEndObject();
  }
}
