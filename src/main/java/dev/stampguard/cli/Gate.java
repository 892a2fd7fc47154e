package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.config.FailOn;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Outcome;
import java.util.Optional;

/** Which exit code a judgement ends in, by the options and the configuration. */
final class Gate {
  private final Setup setup;
  private final GateOptions options;

  Gate(Setup setup, GateOptions options) {
    this.setup = setup;
    this.options = options;
  }

  /** How the run ends: as the tool says that says the worst. */
  Outcome outcome(DiagnosisReport report) {
    return report.each().stream()
        .map(one -> outcome(one.diagnosis()))
        .reduce((worst, next) -> next.isFailure() ? next : worst)
        .orElseThrow();
  }

  /** How the run ends: what its end says about the database. */
  Outcome outcome(Diagnosis diagnosis) {
    Severity failOn = failOn();
    boolean fails =
        diagnosis.verdict() == Verdict.UNKNOWN
            || (requiresHead() && diagnosis.verdict() == Verdict.BEHIND)
            || diagnosis.findings().stream()
                .anyMatch(finding -> finding.severity().compareTo(failOn) >= 0);
    return new Outcome(fails ? ExitCode.FINDINGS : ExitCode.OK, failOn);
  }

  /** Whether it is where the scripts end, with nothing to fail a run for. */
  boolean isAtHead(Diagnosis diagnosis) {
    Severity failOn = failOn();
    return diagnosis.verdict() == Verdict.CONSISTENT
        && diagnosis.findings().stream()
            .noneMatch(finding -> finding.severity().compareTo(failOn) >= 0);
  }

  /** The lightest finding that makes the run fail. */
  Severity failOn() {
    return Optional.ofNullable(options.failOn)
        .or(() -> setup.configuration().failOn().map(Gate::severity))
        .orElse(Severity.ERROR);
  }

  /** Whether pending revisions make the run fail. */
  boolean requiresHead() {
    return options.requireHead || setup.configuration().requireHead().orElse(false);
  }

  private static Severity severity(FailOn setting) {
    return switch (setting) {
      case INFO -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case ERROR -> Severity.ERROR;
    };
  }

  /** Whether the gate has a line to say: accepted drift is never passed over in silence. */
  static boolean hasToSay(DiagnosisReport report, Outcome outcome) {
    return outcome.isFailure() || !report.ignored().isEmpty();
  }
}
