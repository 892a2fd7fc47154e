package dev.stampguard.tool.alembic.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.postgres.LockTimeout;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the first line the driver reads. It holds nothing secret. */
final class DriverSettings {
  private DriverSettings() {}

  /** To run revisions in a scratch database. */
  static String replay(AlembicRun run) {
    return line(run, Optional.empty());
  }

  /** To change a database. */
  static String change(AlembicRun run, LockTimeout lock) {
    return line(run, Optional.of(lock));
  }

  private static String line(AlembicRun run, Optional<LockTimeout> lock) {
    var out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      write(json, "ini", run.files().ini().map(Path::toString));
      write(json, "toml", run.files().toml().map(Path::toString));
      write(json, "script_location", run.files().scripts().map(Path::toString));
      json.writeBooleanField("project_environment", run.settings().projectEnvironment());
      json.writeStringField("version_table", run.ledger().table());
      write(json, "version_table_schema", run.ledger().schema());
      if (!run.settings().namingConvention().isEmpty()) {
        json.writeObjectFieldStart("naming_convention");
        for (Map.Entry<String, String> entry :
            new TreeMap<>(run.settings().namingConvention()).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      json.writeArrayFieldStart("x_arguments");
      for (String argument : run.settings().arguments()) {
        json.writeString(argument);
      }
      json.writeEndArray();
      if (lock.isPresent()) {
        json.writeNumberField("lock_timeout", lock.get().milliseconds());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }
}
