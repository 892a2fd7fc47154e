package dev.stampguard.report;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.tool.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which scripts findings are about. */
public final class FindingPlaces {
  private final Map<String, Revision> scripts = new HashMap<>();

  public FindingPlaces(Diagnosis diagnosis) {
    diagnosis.revisions().stream()
        .map(RevisionDiagnosis::revision)
        .forEach(revision -> scripts.put(revision.id(), revision));
  }

  /** The revisions of a finding that have a script, oldest first. */
  public List<Revision> of(Finding finding) {
    return finding.revisions().stream()
        .flatMap(id -> Stream.ofNullable(scripts.get(id)))
        .distinct()
        .toList();
  }

  /**
   * Why a run fails, where none of its findings says so: pending revisions under {@code
   * --require-head}, or a question that could not be answered. Empty where a finding says it.
   */
  public static Optional<String> unexplainedFailure(DiagnosisReport report, Outcome outcome) {
    Diagnosis diagnosis = report.diagnosis();
    if (!outcome.isFailure()
        || diagnosis.findings().stream().map(Finding::severity).anyMatch(outcome::isFailing)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (diagnosis.verdict()) {
          case BEHIND -> "revisions are pending, and the run requires the head";
          case UNKNOWN -> "whether all is as it should be could not be decided";
          case CONSISTENT, INCONSISTENT -> "the run does not accept the verdict";
        });
  }
}
