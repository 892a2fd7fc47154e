package dev.stampguard.report;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.List;
import java.util.Objects;

/**
 * Which of a server's databases with these migrations are at their heads.
 *
 * @param target the database by which the server was asked
 * @param toolName the migration tool, for example {@code alembic}
 * @param toolLocation its script directory, relative to the project
 * @param heads the scripts' heads, sorted
 * @param databases what was looked at, the target first, then by name
 */
public record SyncReport(
    TargetView target,
    String toolName,
    String toolLocation,
    List<String> heads,
    List<Entry> databases)
    implements Report {
  public SyncReport {
    Objects.requireNonNull(target);
    Objects.requireNonNull(toolName);
    Objects.requireNonNull(toolLocation);
    heads = List.copyOf(heads);
    databases = List.copyOf(databases);
  }

  /** One database. */
  public sealed interface Entry {
    /** Its name. */
    String name();

    /** Whether it is where the scripts end, and nothing is wrong with it. */
    boolean isInStep();

    /**
     * It was judged.
     *
     * @param report as {@code check} reports one database
     * @param isInStep whether it is at the heads
     */
    record Judged(String name, DiagnosisReport report, boolean isInStep) implements Entry {
      public Judged {
        Objects.requireNonNull(name);
        Objects.requireNonNull(report);
      }
    }

    /**
     * It could not be judged.
     *
     * @param failure why
     */
    record Failed(String name, StampguardException failure) implements Entry {
      public Failed {
        Objects.requireNonNull(name);
        Objects.requireNonNull(failure);
      }

      @Override
      public boolean isInStep() {
        return false;
      }
    }
  }

  /** How many are not where the scripts end. */
  public int lagging() {
    return (int) databases.stream().filter(entry -> !entry.isInStep()).count();
  }

  /** How the run ends: as the worst of them. */
  public ExitCode exitCode() {
    ExitCode worst = ExitCode.OK;
    for (Entry entry : databases) {
      worst =
          worst.orWorse(
              switch (entry) {
                case Entry.Judged judged -> judged.isInStep() ? ExitCode.OK : ExitCode.FINDINGS;
                case Entry.Failed failed -> failed.failure().exitCode();
              });
    }
    return worst;
  }
}
