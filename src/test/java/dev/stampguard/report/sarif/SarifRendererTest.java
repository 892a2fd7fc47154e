package dev.stampguard.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Incident;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.Runs;
import dev.stampguard.report.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SarifRendererTest {
  private static final Schema SCHEMA = schema();

  static Stream<DiagnosisReport> reports() {
    return Stream.of(
        Incident.diagnose(),
        Incident.check(Incident.inconsistent()),
        Incident.check(Incident.consistent()),
        Incident.check(Incident.behind()),
        Samples.hostile(),
        Samples.longHistory(),
        Samples.nothing());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void keepsTheOfficialSchema(DiagnosisReport report) throws IOException {
    assertThat(SCHEMA.validate(text(report, Runs.failed()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatIsNoLog() throws IOException {
    String text = text(Incident.diagnose(), Runs.failed());

    assertThat(SCHEMA.validate(text.replace("\"error\"", "\"fatal\""), InputFormat.JSON))
        .isNotEmpty();
    assertThat(SCHEMA.validate(text.replace("ruleIndex", "ruleindex"), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void eachFindingIsAResultAtItsOldestScript() throws IOException {
    JsonNode run = run(Incident.diagnose(), Runs.failed());
    JsonNode first = run.path("results").path(0);

    assertThat(run.path("results")).hasSize(3);
    assertThat(first.path("ruleId").asText()).isEqualTo("SG102");
    assertThat(first.path("level").asText()).isEqualTo("error");
    assertThat(first.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("services/planner/" + Incident.revisions().get(1).file());
    assertThat(first.at("/locations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(Incident.revisions().get(1).line());
    assertThat(first.path("relatedLocations")).hasSize(10);
    assertThat(first.at("/locations/0/logicalLocations").findValuesAsText("fullyQualifiedName"))
        .contains("public.users", "public.atomic_units");
    assertThat(first.path("partialFingerprints").path("stampguard/v1").asText())
        .isEqualTo("SG102:93ad2d77767b");
  }

  @Test
  void theRulesAreTheCodesThatOccur() throws IOException {
    JsonNode run = run(Incident.diagnose(), Runs.failed());
    JsonNode rules = run.at("/tool/driver/rules");

    assertThat(rules.findValuesAsText("id")).containsExactly("SG102", "SG111", "SG112");
    assertThat(rules.path(2).at("/defaultConfiguration/level").asText()).isEqualTo("note");
    for (JsonNode result : run.path("results")) {
      assertThat(rules.path(result.path("ruleIndex").asInt()).path("id"))
          .isEqualTo(result.path("ruleId"));
    }
  }

  @Test
  void everyResultHasAFileThatIsARelativeReference() throws IOException {
    for (DiagnosisReport report : reports().toList()) {
      for (JsonNode result : run(report, Runs.failed()).path("results")) {
        String uri = result.at("/locations/0/physicalLocation/artifactLocation/uri").asText();
        assertThat(URI.create(uri).getPath()).startsWith("services/planner/");
      }
    }
  }

  @Test
  void theInvocationSaysHowTheRunEnded() throws IOException {
    JsonNode invocation = run(Incident.diagnose(), Runs.failed()).at("/invocations/0");

    assertThat(invocation.path("exitCode").asInt()).isEqualTo(3);
    assertThat(invocation.path("executionSuccessful").asBoolean()).isTrue();
    assertThat(
            run(Incident.check(Incident.consistent()), Runs.fine())
                .at("/invocations/0/exitCode")
                .asInt())
        .isZero();
  }

  private static JsonNode run(DiagnosisReport report, RunFacts run) throws IOException {
    return new ObjectMapper().readTree(text(report, run)).at("/runs/0");
  }

  private static String text(DiagnosisReport report, RunFacts run) throws IOException {
    var out = new ByteArrayOutputStream();
    new SarifRenderer(run).write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Schema schema() {
    try (InputStream in =
        SarifRendererTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
