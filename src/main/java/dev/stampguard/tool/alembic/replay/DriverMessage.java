package dev.stampguard.tool.alembic.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the driver says: one line of JSON each. */
sealed interface DriverMessage {
  /**
   * It is connected and waits for commands.
   *
   * @param ledger where the ledger is
   */
  record Hello(LedgerLocation ledger) implements DriverMessage {}

  /** A revision starts. */
  record Begin(String revision) implements DriverMessage {}

  /** A revision ran, and its ledger row is committed. */
  record Done(String revision) implements DriverMessage {}

  /**
   * A revision failed.
   *
   * @param missing the relation it did not find
   * @param existing the relation it found in its way
   */
  record Failed(
      String revision, Trouble trouble, Optional<String> missing, Optional<String> existing)
      implements DriverMessage {}

  /** It ends in good order. */
  record Finished(List<String> heads) implements DriverMessage {}

  /** It cannot go on. */
  record Broken(Trouble trouble) implements DriverMessage {}

  /** Project code connected to another database than the scratch, and nothing ran there. */
  record Elsewhere(Trouble trouble) implements DriverMessage {}

  /**
   * An error.
   *
   * @param module the module whose import failed
   * @param file the script it happened in, as Python names it
   */
  record Trouble(String message, Optional<String> module, Optional<String> file, int line) {}

  /**
   * Reads a line.
   *
   * @throws IOException when it is not one of the driver's
   */
  static DriverMessage parse(String line) throws IOException {
    var values = new HashMap<String, String>();
    var heads = new ArrayList<String>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            heads.add(parser.getText());
          }
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
          values.put(name, parser.getText());
        }
      }
    }
    return switch (values.getOrDefault("type", "")) {
      case "hello" ->
          new Hello(
              new LedgerLocation(
                  Optional.ofNullable(values.get("ledger_schema")), values.get("ledger")));
      case "begin" -> new Begin(values.get("revision"));
      case "done" -> new Done(values.get("revision"));
      case "failed" ->
          new Failed(
              values.get("revision"),
              trouble(values),
              Optional.ofNullable(values.get("missing")),
              Optional.ofNullable(values.get("existing")));
      case "finished" -> new Finished(List.copyOf(heads));
      case "broken" -> new Broken(trouble(values));
      case "elsewhere" -> new Elsewhere(trouble(values));
      default -> throw new IOException("not a message of the driver");
    };
  }

  private static Trouble trouble(Map<String, String> values) {
    return new Trouble(
        values.get("message"),
        Optional.ofNullable(values.get("module")),
        Optional.ofNullable(values.get("file")),
        Integer.parseInt(values.get("line")));
  }
}
