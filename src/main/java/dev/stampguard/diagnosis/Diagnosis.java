package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.tool.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole judgement about one database.
 *
 * @param verdict the answer in one word
 * @param ledger what the database claims
 * @param heads the scripts' heads, sorted
 * @param expectation how it is known what must be there
 * @param expectationExact whether every script could be read completely
 * @param trueState where the catalog really is; empty when no history explains it
 * @param revisions every revision, oldest first
 * @param findings heaviest first, then by code
 * @param extras objects that no revision creates, folded, sorted
 * @param ignored accepted drift, sorted by code and object
 * @param unusedAcceptances places of rules that accept drift which is not there
 * @param tables how many tables the database has, the ledger included
 */
public record Diagnosis(
    Verdict verdict,
    Ledger ledger,
    List<String> heads,
    Expectation.Source expectation,
    boolean expectationExact,
    Optional<TrueState> trueState,
    List<RevisionDiagnosis> revisions,
    List<Finding> findings,
    List<ObjectName> extras,
    List<IgnoredObject> ignored,
    List<String> unusedAcceptances,
    int tables) {
  public Diagnosis {
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(ledger);
    heads = List.copyOf(heads);
    Objects.requireNonNull(expectation);
    Objects.requireNonNull(trueState);
    revisions = List.copyOf(revisions);
    findings = List.copyOf(findings);
    extras = List.copyOf(extras);
    ignored = List.copyOf(ignored);
    unusedAcceptances = List.copyOf(unusedAcceptances);
  }

  /** The same judgement, with other hints in the place of one. */
  public Diagnosis hinting(String hint, Function<Finding, String> instead) {
    return with(
        findings.stream()
            .map(
                finding ->
                    finding.hint().equals(hint) ? finding.hinting(instead.apply(finding)) : finding)
            .toList());
  }

  /** The same judgement, with other words for what ends its findings. */
  public Diagnosis hinting(UnaryOperator<String> words) {
    return with(
        findings.stream().map(finding -> finding.hinting(words.apply(finding.hint()))).toList());
  }

  /** The same judgement, with one more thing to say before the others of its weight. */
  Diagnosis with(Finding finding) {
    var all = new ArrayList<Finding>();
    all.add(finding);
    all.addAll(findings);
    all.sort(Comparator.comparing(Finding::severity).reversed());
    return with(all);
  }

  /** The same judgement, with more that was accepted and more rules that accept nothing. */
  Diagnosis with(List<IgnoredObject> accepted, List<String> unused) {
    return new Diagnosis(
        verdict,
        ledger,
        heads,
        expectation,
        expectationExact,
        trueState,
        revisions,
        findings,
        extras,
        Stream.concat(ignored.stream(), accepted.stream())
            .sorted(Comparator.comparing(IgnoredObject::code).thenComparing(IgnoredObject::object))
            .toList(),
        Stream.concat(unusedAcceptances.stream(), unused.stream()).toList(),
        tables);
  }

  /** The same judgement with other things to say. */
  Diagnosis with(List<Finding> all) {
    return new Diagnosis(
        verdict,
        ledger,
        heads,
        expectation,
        expectationExact,
        trueState,
        revisions,
        all,
        extras,
        ignored,
        unusedAcceptances,
        tables);
  }
}
