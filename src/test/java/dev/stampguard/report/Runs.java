package dev.stampguard.report;

import dev.stampguard.ExitCode;
import dev.stampguard.diagnosis.Severity;
import java.time.Instant;

/** Runs that reports tell of. */
public final class Runs {
  private static final Instant MADE = Instant.parse("2025-11-27T04:00:00Z");

  private Runs() {}

  /** One that found something, of a project in a directory of its repository. */
  public static RunFacts failed() {
    return of(ExitCode.FINDINGS, Severity.ERROR, "services/planner");
  }

  /** One that is content, of a project that is its repository. */
  public static RunFacts fine() {
    return of(ExitCode.OK, Severity.ERROR, "");
  }

  /** Any other. */
  public static RunFacts of(ExitCode exitCode, Severity failOn, String project) {
    return new RunFacts("0.1.0", new Outcome(exitCode, failOn), project, MADE);
  }
}
