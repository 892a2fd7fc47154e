package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.OutputStream;

/** How JSON is written: UTF-8, two spaces, {@code \n} after every line, or all in one line. */
public final class JsonDocument {
  private JsonDocument() {}

  /**
   * A writer that leaves the stream open when it is closed.
   *
   * @throws IOException when the stream does
   */
  public static JsonGenerator open(OutputStream out) throws IOException {
    var indenter = new DefaultIndenter("  ", "\n");
    var separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    var printer = new DefaultPrettyPrinter(separators);
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    JsonGenerator json = compact(out);
    json.setPrettyPrinter(printer);
    return json;
  }

  /** As {@link #open}, for a document that is one line. */
  static JsonGenerator compact(OutputStream out) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    return json;
  }

  /**
   * Ends the outermost object and the last line.
   *
   * @throws IOException when the stream does
   */
  public static void end(JsonGenerator json) throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
