package dev.stampguard.diagnosis;

import static dev.stampguard.diagnosis.Words.count;
import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.LedgerMarks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what rows of a ledger say besides that a revision was applied. */
final class HistoryRules extends Rules {
  private static final String RUN_ALL =
      "`stampguard diagnose --scratch auto` runs it and tells whether it still leaves the same";

  HistoryRules(Situation situation) {
    super(situation);
  }

  @Override
  void apply() {
    failed();
    edited();
    late();
  }

  private List<String> inOrder(Set<String> ids) {
    return Stream.concat(
            revisions.keySet().stream().filter(ids::contains),
            ids.stream().filter(id -> !revisions.containsKey(id)).sorted())
        .toList();
  }

  private void failed() {
    for (String id : inOrder(facts.ledger().marked(LedgerMarks::failed))) {
      Optional<RevisionDiagnosis> revision = Optional.ofNullable(revisions.get(id));
      List<ObjectName> missing = revision.map(RevisionDiagnosis::missing).orElse(List.of());
      String found =
          revision
              .map(
                  known ->
                      switch (known.evidence()) {
                        case PRESENT -> " All that it makes is there.";
                        case ABSENT -> " Nothing of what it makes is there.";
                        case PARTIAL, DIFFERENT ->
                            " It got half way: %s lacking or otherwise."
                                .formatted(
                                    count(missing.size() + known.different().size(), "object")
                                        + (missing.size() + known.different().size() == 1
                                            ? " is"
                                            : " are"));
                        case NONE -> " Nothing in the schema tells how far it got.";
                      })
              .orElse("");
      add(
          FindingCode.SG113,
          "The ledger `%s` says that running %s failed; no further migration runs until %s.%s"
              .formatted(
                  facts.ledger().table(),
                  revisionName(id),
                  facts.ledger().manner().failureEnds(),
                  found),
          missing,
          List.of(id),
          REPAIR);
    }
  }

  private void edited() {
    Set<String> known =
        facts.edits().stream().map(ScriptEdit::revision).collect(Collectors.toUnmodifiableSet());
    boolean definitionsAreKnown =
        facts.expectation().source() != Expectation.Source.SCRIPTS
            && facts.expectation().source() != Expectation.Source.REFERENCE;
    for (String id : inOrder(facts.ledger().marked(LedgerMarks::edited))) {
      RevisionDiagnosis revision = revisions.get(id);
      if (revision == null || known.contains(id)) {
        continue; // What a lock file knows of the edit is told by another rule.
      }
      List<ObjectName> objects =
          Stream.concat(revision.missing().stream(), revision.different().stream()).toList();
      String subject =
          "The script of %s is not the one that was applied: the ledger `%s` has another checksum or description."
              .formatted(revisionName(id), facts.ledger().table());
      boolean isSame = revision.state() == RevisionState.APPLIED;
      if (!objects.isEmpty()) {
        add(
            FindingCode.SG114,
            subject
                + " As it is now it leaves %s otherwise than the database has it: %s."
                    .formatted(count(objects.size(), "object"), names(objects)),
            objects,
            List.of(id),
            "bring the applied script back and put the change into a new migration");
      } else if (isSame && definitionsAreKnown && revision.exact()) {
        add(
            FindingCode.SG114,
            subject + " It leaves exactly what is in the database.",
            objects,
            List.of(id),
            Finding.RECORD_AS_IT_IS);
      } else {
        add(
            FindingCode.SG114,
            subject + " Whether it leaves something else behind is not known.",
            objects,
            List.of(id),
            definitionsAreKnown
                ? "compare both; `stampguard repair --strategy restamp` records it as it is"
                : RUN_ALL);
      }
    }
  }

  private void late() {
    List<String> ids =
        inOrder(facts.ledger().marked(LedgerMarks::late)).stream()
            .filter(id -> revisions.containsKey(id))
            .filter(id -> revisions.get(id).state() == RevisionState.PENDING)
            .toList();
    if (!ids.isEmpty()) {
      add(
          FindingCode.SG115,
          "%s not recorded, but later ones are (the ledger is at %s): the tool refuses or skips %s from now on."
              .formatted(
                  subject(ids),
                  Words.state(facts.ledger().claimed()),
                  ids.size() == 1 ? "it" : "them"),
          List.of(),
          ids,
          "`stampguard repair --strategy missing` runs and records exactly "
              + (ids.size() == 1 ? "it" : "these"));
    }
  }
}
