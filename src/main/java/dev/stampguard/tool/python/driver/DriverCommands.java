package dev.stampguard.tool.python.driver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the commands that take more than a word: one line each. */
final class DriverCommands {
  private DriverCommands() {}

  /** Runs a revision, by {@code run} or {@code alone}. */
  static String run(String verb, String revision, boolean record) {
    return line(
        verb,
        json -> {
          json.writeStartObject();
          json.writeStringField("revision", revision);
          json.writeBooleanField("record", record);
          json.writeEndObject();
        });
  }

  static String stamp(List<String> heads) {
    return line(
        "stamp",
        json -> {
          json.writeStartArray();
          for (String head : heads) {
            json.writeString(head);
          }
          json.writeEndArray();
        });
  }

  /**
   * Reads.
   *
   * @param before statements that set what the reading needs
   * @param query the one whose rows are wanted
   */
  static String read(List<String> before, String query) {
    return line(
        "read",
        json -> {
          json.writeStartArray();
          for (String statement : before) {
            statement(json, statement, false);
          }
          statement(json, query, true);
          json.writeEndArray();
        });
  }

  private static void statement(JsonGenerator json, String sql, boolean rows) throws IOException {
    json.writeStartObject();
    json.writeStringField("sql", sql);
    json.writeBooleanField("rows", rows);
    json.writeEndObject();
  }

  private interface Argument {
    void write(JsonGenerator json) throws IOException;
  }

  private static String line(String verb, Argument argument) {
    var out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      argument.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return verb + " " + out;
  }
}
