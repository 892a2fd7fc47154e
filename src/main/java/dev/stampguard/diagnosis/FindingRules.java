package dev.stampguard.diagnosis;

import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue's rules: from facts and evidence to findings. */
final class FindingRules {
  private final Situation situation;
  private final Unaccounted unaccounted;

  FindingRules(Situation situation, Acceptance acceptance) {
    this.situation = situation;
    this.unaccounted = Unaccounted.of(situation, acceptance);
  }

  List<Finding> apply() {
    var findings = new ArrayList<Finding>();
    Stream.of(
            new LedgerRules(situation),
            new HistoryRules(situation),
            new SchemaRules(situation),
            new ScriptRules(situation),
            new ChainRules(situation, unaccounted))
        .forEach(rules -> findings.addAll(rules.findings()));
    situation.facts().doubts().stream().map(FindingRules::doubt).forEach(findings::add);
    findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::code));
    return List.copyOf(findings);
  }

  private static Finding doubt(TargetDoubt doubt) {
    return new Finding(
        FindingCode.SG118,
        doubt.severity(),
        doubt.title(),
        doubt.detail(),
        List.of(),
        List.of(),
        doubt.hint());
  }

  /**
   * Whether it cannot be said that what the ledger claims is there, whatever else was found: it
   * names a revision that no script defines, the chain of scripts up to there is not whole, or
   * nobody knows what it must have left.
   */
  boolean isUnanswered() {
    RevisionGraph graph = situation.facts().graph();
    return !unaccounted.isEmpty()
        || situation.facts().ledger().rows().stream().anyMatch(row -> graph.find(row).isEmpty())
        || graph.problemUpTo(situation.facts().ledger().rows()).isPresent();
  }
}
