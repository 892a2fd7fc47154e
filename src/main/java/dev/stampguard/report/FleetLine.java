package dev.stampguard.report;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.Objects;
import java.util.Optional;

/** What is printed about one of many databases, or about one of many schemas. */
public sealed interface FleetLine {
  /** How the run calls it: never a password. */
  String name();

  /** How a run over it alone would end. */
  ExitCode exitCode();

  /**
   * It was judged.
   *
   * @param report as {@code check} reports one database
   */
  record Judged(String name, DiagnosisReport report, ExitCode exitCode) implements FleetLine {
    public Judged {
      Objects.requireNonNull(name);
      Objects.requireNonNull(report);
      Objects.requireNonNull(exitCode);
    }
  }

  /**
   * It could not be judged.
   *
   * @param target what was to be judged
   * @param schema the schema, where the run is about those of one database
   * @param failure why
   */
  record Failed(
      String name, TargetView target, Optional<String> schema, StampguardException failure)
      implements FleetLine {
    public Failed {
      Objects.requireNonNull(name);
      Objects.requireNonNull(target);
      Objects.requireNonNull(schema);
      Objects.requireNonNull(failure);
    }

    @Override
    public ExitCode exitCode() {
      return failure.exitCode();
    }
  }
}
