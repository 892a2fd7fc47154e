package dev.stampguard.diagnosis;

import dev.stampguard.expectation.RevisionExpectation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue's rules: from facts and evidence to findings. */
final class FindingRules {
  private final Situation situation;

  FindingRules(Situation situation) {
    this.situation = situation;
  }

  List<Finding> apply() {
    var findings = new ArrayList<Finding>();
    Stream.of(new LedgerRules(situation), new SchemaRules(situation), new ScriptRules(situation))
        .forEach(rules -> findings.addAll(rules.findings()));
    situation.facts().doubts().stream().map(FindingRules::doubt).forEach(findings::add);
    findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::code));
    return List.copyOf(findings);
  }

  private static Finding doubt(TargetDoubt doubt) {
    return new Finding(
        FindingCode.SG118,
        doubt.severity(),
        FindingCode.SG118.title(),
        doubt.detail(),
        List.of(),
        List.of(),
        doubt.hint());
  }

  /** Whether some recorded revision could not be read and nothing else speaks for the database. */
  boolean isWithoutAnyEvidence() {
    boolean unread =
        situation.revisions().values().stream()
            .filter(RevisionDiagnosis::recorded)
            .anyMatch(
                revision ->
                    !Optional.ofNullable(
                            situation
                                .facts()
                                .expectation()
                                .revisions()
                                .get(revision.revision().id()))
                        .map(RevisionExpectation::exact)
                        .orElse(false));
    return unread
        && situation.revisions().values().stream()
            .filter(RevisionDiagnosis::recorded)
            .allMatch(revision -> revision.evidence() == Evidence.NONE);
  }

  /** Whether the ledger names a revision whose scripts are not whole. */
  boolean isExpectationMissing() {
    Set<String> recorded =
        situation.revisions().values().stream()
            .filter(RevisionDiagnosis::recorded)
            .map(revision -> revision.revision().id())
            .collect(Collectors.toSet());
    return situation.facts().ledger().rows().stream()
            .anyMatch(row -> situation.facts().graph().find(row).isEmpty())
        || recorded.stream()
            .anyMatch(id -> !situation.facts().expectation().revisions().containsKey(id))
        || situation.facts().graph().problems().stream()
            .flatMap(problem -> problem.revisions().stream())
            .anyMatch(recorded::contains);
  }
}
