package dev.stampguard.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Revisions of one document, which share its order. */
final class RevisionJson {
  private final Comparator<String> oldestFirst;

  /**
   * @param revisions every revision of the document, oldest first
   */
  RevisionJson(List<Revision> revisions) {
    Map<String, Integer> positions = new HashMap<>();
    revisions.forEach(revision -> positions.put(revision.id(), positions.size()));
    // Ids that no script defines come last.
    oldestFirst =
        Comparator.comparing((String id) -> positions.getOrDefault(id, positions.size()))
            .thenComparing(Comparator.naturalOrder());
  }

  /** One revision; what a database would say of it is {@code null} when none was asked. */
  void write(JsonGenerator json, Revision revision, Optional<RevisionDiagnosis> judged)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", revision.id());
    json.writeStringField("message", revision.message());
    json.writeStringField("file", revision.file());
    JsonArrays.ordered(json, "parents", revision.parents().stream().sorted(oldestFirst).toList());
    if (judged.isPresent()) {
      writeJudged(json, judged.get());
    } else {
      for (String key :
          List.of("recorded", "evidence", "state", "missing", "different", "present", "exact")) {
        json.writeNullField(key);
      }
    }
    json.writeEndObject();
  }

  private static void writeJudged(JsonGenerator json, RevisionDiagnosis judged) throws IOException {
    json.writeBooleanField("recorded", judged.recorded());
    json.writeStringField("evidence", judged.evidence().label());
    json.writeStringField("state", judged.state().label());
    JsonArrays.sorted(json, "missing", judged.missing());
    JsonArrays.sorted(json, "different", judged.different());
    JsonArrays.sorted(json, "present", judged.present());
    json.writeBooleanField("exact", judged.exact());
  }
}
