package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.TrueState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a diagnosis says about the ledger's claim, put as the questions the texts ask. */
final class Claims {
  private final Diagnosis diagnosis;
  private final Map<String, RevisionDiagnosis> byId = new HashMap<>();

  Claims(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
    diagnosis.revisions().forEach(revision -> byId.put(revision.revision().id(), revision));
  }

  /** Recorded revisions that owe objects which are not there, oldest first. */
  List<RevisionDiagnosis> owing() {
    return recorded()
        .filter(
            revision -> !revision.missing().isEmpty() || revision.state() == RevisionState.HOLLOW)
        .toList();
  }

  /**
   * Recorded revisions with objects that are not as they left them, oldest first; not those that
   * never ran, whose objects are as they found them.
   */
  List<RevisionDiagnosis> altered() {
    return recorded()
        .filter(revision -> revision.state() != RevisionState.HOLLOW)
        .filter(revision -> !revision.different().isEmpty())
        .toList();
  }

  /** Revisions that are not recorded and of which something is there, oldest first. */
  List<RevisionDiagnosis> ahead() {
    return diagnosis.revisions().stream()
        .filter(
            revision ->
                revision.state() == RevisionState.UNRECORDED
                    || revision.state() == RevisionState.HALF_APPLIED)
        .toList();
  }

  /** Revisions that wait to be applied, oldest first. */
  List<RevisionDiagnosis> pending() {
    return diagnosis.revisions().stream()
        .filter(revision -> revision.state() == RevisionState.PENDING)
        .toList();
  }

  /** Objects recorded revisions owe and that are not there. */
  List<ObjectName> missing() {
    return objects(owing(), RevisionDiagnosis::missing);
  }

  /** Objects that are not as a recorded revision left them. */
  List<ObjectName> different() {
    return objects(altered(), RevisionDiagnosis::different);
  }

  /** Objects of revisions that are not recorded. */
  List<ObjectName> unrecorded() {
    return objects(ahead(), RevisionDiagnosis::present);
  }

  /** Whether the true state is known and is not where the recorded revisions end. */
  boolean isElsewhere() {
    return diagnosis
        .trueState()
        .filter(state -> !allows(state, recordedHeads()))
        .filter(state -> !allows(state, diagnosis.ledger().claimed()))
        .isPresent();
  }

  /** The heaviest reason why the claim could not be judged; empty when it could. */
  Optional<Finding> obstacle() {
    return diagnosis.findings().stream().filter(Finding::isObstacle).findFirst();
  }

  /** A revision in a sentence: its id and what it says it does. */
  Phrase revision(String id) {
    RevisionDiagnosis known = byId.get(id);
    if (known == null) {
      return Phrase.EMPTY.name(id).plain(", which no script defines");
    }
    String message = known.revision().message();
    return message.isEmpty()
        ? Phrase.EMPTY.name(id)
        : Phrase.EMPTY.name(id).plain(" (" + message + ")");
  }

  /** A state in a sentence. */
  Phrase state(List<String> heads) {
    return heads.isEmpty()
        ? Phrase.of("base, with nothing applied")
        : Phrase.and(heads.stream().map(this::revision).toList());
  }

  private static boolean allows(TrueState state, List<String> heads) {
    return state.lower().equals(heads) || state.upper().equals(heads);
  }

  private List<String> recordedHeads() {
    var continued = new HashSet<String>();
    recorded()
        .map(RevisionDiagnosis::revision)
        .forEach(
            revision -> {
              continued.addAll(revision.parents());
              continued.addAll(revision.dependsOn());
            });
    return recorded()
        .map(recorded -> recorded.revision().id())
        .filter(id -> !continued.contains(id))
        .sorted()
        .toList();
  }

  private Stream<RevisionDiagnosis> recorded() {
    return diagnosis.revisions().stream().filter(RevisionDiagnosis::recorded);
  }

  private static List<ObjectName> objects(
      List<RevisionDiagnosis> revisions, Function<RevisionDiagnosis, List<ObjectName>> which) {
    return revisions.stream().map(which).flatMap(List::stream).distinct().sorted().toList();
  }
}
