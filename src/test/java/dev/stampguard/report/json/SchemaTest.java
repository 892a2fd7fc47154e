package dev.stampguard.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stampguard.report.Incident;
import dev.stampguard.report.Samples;
import dev.stampguard.testing.DocumentSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void isItselfASchema() {
    var meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertThat(meta.validate(DocumentSchema.text(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void everyObjectIsClosedAndEveryKeyRequired() throws IOException {
    List<JsonNode> objects = objects(MAPPER.readTree(DocumentSchema.text()), new ArrayList<>());

    assertThat(objects).hasSizeGreaterThan(15);
    for (JsonNode object : objects) {
      assertThat(object.path("additionalProperties"))
          .as(object.toString())
          .isEqualTo(MAPPER.getNodeFactory().booleanNode(false));
      assertThat(texts(object.path("required")))
          .containsExactlyElementsOf(
              object.path("properties").properties().stream().map(Map.Entry::getKey).toList());
    }
  }

  @Test
  void refusesADocumentThatLacksAKeyOrHasOneTooMany() throws IOException {
    ObjectNode document = (ObjectNode) MAPPER.readTree(diagnosis());
    assertThat(DocumentSchema.violations(document.toString())).isEmpty();

    ObjectNode more = document.deepCopy().put("surprise", 1);
    assertThat(DocumentSchema.violations(more.toString())).isNotEmpty();

    ObjectNode less = document.deepCopy();
    less.remove("extras");
    assertThat(DocumentSchema.violations(less.toString())).isNotEmpty();
  }

  @Test
  void refusesTwoRecommendations() throws IOException {
    JsonNode document = MAPPER.readTree(diagnosis());
    document.path("repairs").forEach(way -> ((ObjectNode) way).put("recommended", true));

    assertThat(DocumentSchema.violations(document.toString())).isNotEmpty();
  }

  @Test
  void refusesSiblingsInACheck() throws IOException {
    ObjectNode document = (ObjectNode) MAPPER.readTree(diagnosis());
    document.put("command", "check");

    assertThat(DocumentSchema.violations(document.toString())).isNotEmpty();
  }

  private static String diagnosis() throws IOException {
    var out = new ByteArrayOutputStream();
    new JsonRenderer(Samples.HOSTILE).write(Incident.diagnose(), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /**
   * Every subschema of type object; the one under {@code contains} only looks, it closes nothing.
   */
  private static List<JsonNode> objects(JsonNode node, List<JsonNode> found) {
    if (node.path("type").asText().equals("object")) {
      found.add(node);
    }
    node.forEach(child -> objects(child, found));
    return found;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
