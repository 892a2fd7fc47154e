package dev.stampguard.diagnosis;

import static dev.stampguard.diagnosis.Words.count;
import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.LedgerMarks;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Rules about scripts that are not what they were. */
final class ScriptRules extends Rules {
  ScriptRules(Situation situation) {
    super(situation);
  }

  @Override
  void apply() {
    edited();
  }

  /** Only scripts that have run: one that has not is simply the one that will. */
  private void edited() {
    for (ScriptEdit.Meaning meaning : ScriptEdit.Meaning.values()) {
      var members = new LinkedHashMap<String, RevisionDiagnosis>();
      var objects = new HashMap<String, List<ObjectName>>();
      for (ScriptEdit edit : facts.edits()) {
        RevisionDiagnosis revision = revisions.get(edit.revision());
        if (edit.meaning() == meaning && revision != null && revision.recorded()) {
          members.put(edit.revision(), revision);
          objects.put(edit.revision(), edit.objects());
        }
      }
      for (List<String> ids : groups(members, Set.of())) {
        edited(meaning, ids, ids.stream().flatMap(id -> objects.get(id).stream()).toList());
      }
    }
  }

  private void edited(ScriptEdit.Meaning meaning, List<String> ids, List<ObjectName> objects) {
    String subject =
        ids.size() == 1
            ? "The script of " + revisionName(ids.getFirst()) + " was"
            : "The scripts of %s from %s on were"
                .formatted(count(ids.size(), "revision"), revisionName(ids.getFirst()));
    switch (meaning) {
      case COSMETIC ->
          add(
              FindingCode.SG114,
              subject + " edited after it was applied; it leaves the same behind as before.",
              objects,
              ids,
              facts.ledger().marked(LedgerMarks::edited).containsAll(ids)
                  ? Finding.RECORD_AS_IT_IS
                  : "`stampguard snapshot` takes note of it");
      case REAL ->
          add(
              FindingCode.SG114,
              "%s edited after it was applied, and now leaves %s otherwise than before: %s."
                  .formatted(subject, count(objects.size(), "object"), names(objects)),
              objects,
              ids,
              "bring the applied script back and put the change into a new revision");
      case UNKNOWN ->
          add(
              FindingCode.SG114,
              subject
                  + " edited after it was applied; whether it now leaves something else behind is not known.",
              objects,
              ids,
              "`stampguard diagnose --scratch auto` runs both and tells; `stampguard snapshot` as well");
    }
  }
}
