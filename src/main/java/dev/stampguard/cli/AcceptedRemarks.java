package dev.stampguard.cli;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;

/** What there is to say about accepted drift, for output that does not say it itself. */
final class AcceptedRemarks {
  private AcceptedRemarks() {}

  /** Names rules that accept what no tool finds. */
  static void ofUnused(Setup setup, DiagnosisReport report) {
    report.unusedAcceptances().forEach(place -> ofUnused(setup, place));
  }

  /** Counts accepted drift where the output itself does not. */
  static void of(Setup setup, Diagnosis diagnosis) {
    int accepted = diagnosis.ignored().size();
    if (accepted > 0 && !setup.isQuiet()) {
      setup.warn(Words.count(accepted, "accepted difference") + " left out");
    }
    diagnosis.unusedAcceptances().forEach(place -> ofUnused(setup, place));
  }

  /** Names one rule, which would hide what comes back, by its place. */
  static void ofUnused(Setup setup, String place) {
    if (!setup.isQuiet()) {
      setup.warn("`%s` accepts drift that is not there".formatted(place));
    }
  }
}
