package dev.stampguard.report;

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
  private final List<DiagnosisReport> tools;

  public FindingPlaces(DiagnosisReport report) {
    this.tools = report.each();
  }

  /** The revisions of a finding that have a script, oldest first. */
  public List<Revision> of(Finding finding) {
    Map<String, Revision> scripts = new HashMap<>();
    tool(finding).diagnosis().revisions().stream()
        .map(RevisionDiagnosis::revision)
        .forEach(revision -> scripts.put(revision.id(), revision));
    return finding.revisions().stream()
        .flatMap(id -> Stream.ofNullable(scripts.get(id)))
        .distinct()
        .toList();
  }

  /** The script directory of the tool that says it, relative to the project. */
  public String directory(Finding finding) {
    return tool(finding).toolLocation();
  }

  private DiagnosisReport tool(Finding finding) {
    return tools.stream()
        .filter(one -> one.diagnosis().findings().contains(finding))
        .findFirst()
        .orElse(tools.getFirst());
  }

  /**
   * Why a run fails, where none of its findings says so: pending revisions under {@code
   * --require-head}, or a question that could not be answered. Empty where a finding says it.
   */
  public static Optional<String> unexplainedFailure(DiagnosisReport report, Outcome outcome) {
    if (!outcome.isFailure()
        || report.findings().stream().map(Finding::severity).anyMatch(outcome::isFailing)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (report.verdict()) {
          case BEHIND -> "revisions are pending, and the run requires the head";
          case UNKNOWN -> "whether all is as it should be could not be decided";
          case CONSISTENT, INCONSISTENT -> "the run does not accept the verdict";
        });
  }
}
