package dev.stampguard.report;

import dev.stampguard.ExitCode;
import dev.stampguard.diagnosis.Severity;
import java.util.Objects;

/**
 * How a run that judged a database ends.
 *
 * @param exitCode what it ends with
 * @param failOn the lightest finding that makes it fail
 */
public record Outcome(ExitCode exitCode, Severity failOn) {
  public Outcome {
    Objects.requireNonNull(exitCode);
    Objects.requireNonNull(failOn);
  }

  /** Of a command that only shows. */
  public static final Outcome SHOWN = new Outcome(ExitCode.OK, Severity.ERROR);

  /** Whether a finding of this severity makes the run fail. */
  public boolean isFailing(Severity severity) {
    return severity.compareTo(failOn) >= 0;
  }

  /** Whether the database was found wanting. */
  public boolean isFailure() {
    return exitCode == ExitCode.FINDINGS;
  }
}
