package dev.stampguard.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.FindingPlaces;
import dev.stampguard.report.RunFacts;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Findings as results: the oldest script is the place, the others are related to it. */
final class SarifResults {
  private final RunFacts run;
  private final List<FindingCode> rules;
  private final FindingPlaces places;

  SarifResults(DiagnosisReport report, RunFacts run, List<FindingCode> rules) {
    this.run = run;
    this.rules = rules;
    this.places = new FindingPlaces(report);
  }

  void write(JsonGenerator json, Finding finding) throws IOException {
    List<Revision> found = places.of(finding);
    json.writeStartObject();
    json.writeStringField("ruleId", finding.code().name());
    json.writeNumberField("ruleIndex", rules.indexOf(finding.code()));
    json.writeStringField("level", SarifRenderer.level(finding.severity()));
    SarifRenderer.text(
        json,
        "message",
        "%s\n%s\nhint: %s".formatted(finding.title(), finding.detail(), finding.hint()));
    json.writeArrayFieldStart("locations");
    location(json, found.stream().findFirst(), places.directory(finding), finding.objects());
    json.writeEndArray();
    if (found.size() > 1) {
      json.writeArrayFieldStart("relatedLocations");
      for (Revision revision : found.subList(1, found.size())) {
        location(json, Optional.of(revision), revision.file(), List.of());
      }
      json.writeEndArray();
    }
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("stampguard/v1", fingerprint(finding));
    json.writeEndObject();
    json.writeEndObject();
  }

  /** What stays the same from run to run while the damage does: not its size, not the database. */
  private static String fingerprint(Finding finding) {
    String first =
        finding.revisions().stream()
            .findFirst()
            .or(() -> finding.objects().stream().findFirst().map(ObjectName::toString))
            .orElse("");
    return finding.code().name() + ":" + first;
  }

  /**
   * A finding without a script is placed at the script directory, because GitHub refuses a whole
   * log in which one result has no file.
   */
  private void location(
      JsonGenerator json, Optional<Revision> revision, String scripts, List<ObjectName> objects)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField(
        "uri", uri(run.inRepository(revision.map(Revision::file).orElse(scripts))));
    json.writeStringField("uriBaseId", "%SRCROOT%");
    json.writeEndObject();
    if (revision.isPresent()) {
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", revision.get().line());
      json.writeEndObject();
    }
    json.writeEndObject();
    if (!objects.isEmpty()) {
      json.writeArrayFieldStart("logicalLocations");
      for (ObjectName object : objects) {
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", object.qualified());
        json.writeStringField("kind", object.kind().label());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (revision.isPresent()) {
      SarifRenderer.text(
          json, "message", (revision.get().id() + " " + revision.get().message()).strip());
    }
    json.writeEndObject();
  }

  /** A relative reference; a colon in its first part would read as a scheme. */
  private static String uri(String path) {
    var encoded = new StringBuilder(path.length());
    for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (unit & 0xff);
      boolean plain =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || "-._~/".indexOf(character) >= 0;
      encoded.append(
          plain
              ? String.valueOf(character)
              : "%" + HexFormat.of().withUpperCase().toHexDigits(unit));
    }
    return encoded.toString();
  }
}
