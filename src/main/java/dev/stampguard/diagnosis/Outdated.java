package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.LedgerMarks;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Scripts that run whenever they change, and changed since they ran last. What an older one left is
 * as it should be until the next run, whatever that is: nobody can tell. It is the same with what
 * runs on a condition and did not: what it would make may be there, which is why it did not run, or
 * may not.
 */
final class Outdated {
  private Outdated() {}

  /** Makes what such scripts wrote be nobody's evidence, and still owned. */
  static Facts leftOpen(Facts facts) {
    var untold = new HashSet<>(facts.ledger().marked(LedgerMarks::outdated));
    untold.addAll(facts.ledger().marked(LedgerMarks::passed));
    if (untold.isEmpty()) {
      return facts;
    }
    Expectation expectation = facts.expectation();
    var revisions = new LinkedHashMap<>(expectation.revisions());
    revisions.replaceAll(
        (id, expected) -> untold.contains(id) ? open(expected, facts.catalog()) : expected);
    return new Facts(
        facts.graph(),
        facts.ledger(),
        facts.catalog(),
        new Expectation(
            expectation.source(),
            revisions,
            expectation.gaps(),
            expectation.possiblyTouched(),
            expectation.failures(),
            expectation.opaque()),
        facts.doubts(),
        facts.edits(),
        facts.accepted(),
        facts.beside());
  }

  private static RevisionExpectation open(RevisionExpectation expected, CatalogSnapshot catalog) {
    Optional<Definition> there = Optional.of(Definition.EXISTS);
    List<Effect> effects =
        expected.effects().stream()
            .filter(effect -> catalog.contains(effect.object()))
            .map(effect -> new Effect(effect.object(), effect.relation(), there, there))
            .toList();
    return new RevisionExpectation(
        expected.revision(), effects, expected.exact(), expected.unread());
  }

  /** They are to run, whatever is there. */
  static List<RevisionDiagnosis> pending(Facts facts, List<RevisionDiagnosis> revisions) {
    Set<String> outdated = facts.ledger().marked(LedgerMarks::outdated);
    return revisions.stream()
        .map(
            revision ->
                outdated.contains(revision.revision().id())
                    ? new RevisionDiagnosis(
                        revision.revision(),
                        false,
                        Evidence.NONE,
                        RevisionState.PENDING,
                        List.of(),
                        List.of(),
                        List.of(),
                        revision.exact())
                    : revision)
        .toList();
  }
}
