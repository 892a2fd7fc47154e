package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.TableState;
import dev.stampguard.report.BackupReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The documents of {@code backup create}, {@code list}, {@code verify} and {@code prune}. */
final class BackupJson {
  private BackupJson() {}

  static void write(JsonGenerator json, BackupReport report) throws IOException {
    switch (report) {
      case BackupReport.Created(Backup backup, String goBack) -> {
        json.writeStringField("command", "backup create");
        json.writeFieldName("backup");
        backup(json, backup);
        json.writeStringField("go_back", goBack);
      }
      case BackupReport.Listed listed -> {
        json.writeStringField("command", "backup list");
        json.writeStringField("directory", listed.directory());
        backups(json, "backups", listed.backups());
        JsonArrays.ordered(json, "damaged", listed.damaged());
      }
      case BackupReport.Verified(Backup backup, List<String> problems) -> {
        json.writeStringField("command", "backup verify");
        json.writeFieldName("backup");
        backup(json, backup);
        json.writeBooleanField("verified", problems.isEmpty());
        JsonArrays.ordered(json, "problems", problems);
      }
      case BackupReport.Pruned pruned -> {
        json.writeStringField("command", "backup prune");
        backups(json, "removed", pruned.removed());
        json.writeNumberField("left", pruned.left());
      }
    }
  }

  private static void backups(JsonGenerator json, String name, List<Backup> backups)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Backup backup : backups) {
      backup(json, backup);
    }
    json.writeEndArray();
  }

  private static void backup(JsonGenerator json, Backup backup) throws IOException {
    Manifest manifest = backup.manifest();
    json.writeStartObject();
    json.writeStringField("id", backup.id());
    json.writeStringField("path", backup.directory().toString());
    json.writeStringField("kind", manifest.kind().label());
    json.writeStringField("database", manifest.place().database());
    json.writeStringField("host", manifest.place().host());
    json.writeNumberField("port", manifest.place().port());
    json.writeStringField("created", manifest.created().toString());
    json.writeNumberField("bytes", manifest.bytes());
    json.writeObjectFieldStart("sha256");
    for (Manifest.StoredFile file : manifest.files()) {
      json.writeStringField(file.path(), file.sha256());
    }
    json.writeEndObject();
    trueState(json, manifest.trueState());
    if (manifest.dump().isPresent()) {
      var tables = manifest.dump().get().state().tables();
      json.writeNumberField("tables", tables.size());
      json.writeNumberField("rows", tables.values().stream().mapToLong(TableState::rows).sum());
    } else {
      json.writeNullField("tables");
      json.writeNullField("rows");
    }
    JsonArrays.sorted(
        json, "env_files", manifest.envFiles().stream().map(Manifest.EnvCopy::original).toList());
    json.writeEndObject();
  }

  private static void trueState(JsonGenerator json, Optional<Manifest.RevisionSpan> state)
      throws IOException {
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
}
