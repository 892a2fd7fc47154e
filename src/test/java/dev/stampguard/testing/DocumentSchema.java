package dev.stampguard.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The published schema, read from the class path as users get it. */
public final class DocumentSchema {
  private DocumentSchema() {}

  /** The schema itself. */
  public static String text() {
    try (var in = DocumentSchema.class.getResourceAsStream("/schema/stampguard-1.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a document; empty when it keeps the schema. */
  public static List<String> violations(String document) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text(), InputFormat.JSON)
        .validate(document, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }
}
