package dev.stampguard.service.repair;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stampguard.repair.journal.JournalEntry;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes and reads journal entries, one JSON object a line. */
final class JournalLines {
  private static final JsonFactory JSON = new JsonFactory();

  private JournalLines() {}

  static String write(JournalEntry entry) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("time", entry.time().toString());
      switch (entry) {
        case JournalEntry.Begun begun -> {
          json.writeStringField("event", "begun");
          json.writeStringField("plan", begun.plan());
          json.writeStringField("strategy", begun.strategy());
          json.writeStringField("database", begun.database());
          json.writeStringField("server", begun.server());
          json.writeNumberField("segments", begun.segments());
          json.writeStringField("version", begun.version());
          standing(json, begun.before());
        }
        case JournalEntry.BackedUp backedUp -> {
          json.writeStringField("event", "backed-up");
          json.writeStringField("backup", backedUp.backup());
        }
        case JournalEntry.Committing committing -> {
          json.writeStringField("event", "committing");
          json.writeNumberField("segment", committing.segment());
          if (committing.transaction().isPresent()) {
            json.writeStringField("transaction", committing.transaction().get());
          }
          if (committing.after().isPresent()) {
            standing(json, committing.after().get());
          }
        }
        case JournalEntry.Committed committed -> {
          json.writeStringField("event", "committed");
          json.writeNumberField("segment", committed.segment());
        }
        case JournalEntry.Switching switching -> {
          json.writeStringField("event", "switching");
          json.writeStringField("to", switching.to());
        }
        case JournalEntry.Done done -> {
          json.writeStringField("event", "done");
          standing(json, done.after());
        }
        case JournalEntry.Ended ended -> {
          json.writeStringField("event", "ended");
          json.writeStringField("reason", ended.reason());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void standing(JsonGenerator json, Standing standing) throws IOException {
    json.writeStringField("fingerprint", standing.fingerprint());
    json.writeArrayFieldStart("ledger");
    for (String row : standing.ledger()) {
      json.writeString(row);
    }
    json.writeEndArray();
  }

  /** Everything an entry may hold, as it is found. */
  private static final class Fields {
    private final Map<String, String> texts = new HashMap<>();
    private final List<String> ledger = new ArrayList<>();

    String text(String name) throws IOException {
      String value = texts.get(name);
      if (value == null) {
        throw new IOException("no " + name);
      }
      return value;
    }

    int number(String name) throws IOException {
      return Integer.parseInt(text(name));
    }

    Optional<String> transaction() {
      return Optional.ofNullable(texts.get("transaction"));
    }

    Standing standing() throws IOException {
      return new Standing(text("fingerprint"), ledger);
    }
  }

  /**
   * Reads a line.
   *
   * @throws IOException when it is not a whole entry, as the last line of a killed run may be
   */
  static JournalEntry read(String line) throws IOException {
    Fields fields = fields(line);
    try {
      Instant time = Instant.parse(fields.text("time"));
      return switch (fields.text("event")) {
        case "begun" ->
            new JournalEntry.Begun(
                time,
                fields.text("plan"),
                fields.text("strategy"),
                fields.text("database"),
                fields.text("server"),
                fields.standing(),
                fields.number("segments"),
                fields.text("version"));
        case "backed-up" -> new JournalEntry.BackedUp(time, fields.text("backup"));
        case "committing" ->
            new JournalEntry.Committing(
                time,
                fields.number("segment"),
                fields.transaction(),
                fields.texts.containsKey("fingerprint")
                    ? Optional.of(fields.standing())
                    : Optional.empty());
        case "committed" -> new JournalEntry.Committed(time, fields.number("segment"));
        case "switching" -> new JournalEntry.Switching(time, fields.text("to"));
        case "done" -> new JournalEntry.Done(time, fields.standing());
        case "ended" -> new JournalEntry.Ended(time, fields.text("reason"));
        case String other -> throw new IOException("an unknown event " + other);
      };
    } catch (RuntimeException e) {
      throw new IOException("not an entry: " + e.getMessage());
    }
  }

  private static Fields fields(String line) throws IOException {
    var fields = new Fields();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        switch (json.nextToken()) {
          case START_ARRAY -> {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              fields.ledger.add(json.getText());
            }
          }
          case START_OBJECT -> json.skipChildren();
          case null -> throw new IOException("it breaks off");
          default -> fields.texts.put(name, json.getText());
        }
      }
    }
    return fields;
  }
}
