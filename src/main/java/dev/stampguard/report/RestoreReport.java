package dev.stampguard.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A backup was restored, or a database that was kept got its name back.
 *
 * @param restored the backup's id, or the name the database was kept under
 * @param database the database; empty when only files were restored
 * @param kept what the one that was there is called now; empty when there was none
 * @param goBack the command that puts it back; empty when none was kept
 * @param files the environment files that were put back
 * @param warnings what could not be taken over, one sentence each
 */
public record RestoreReport(
    String restored,
    Optional<String> database,
    Optional<String> kept,
    Optional<String> goBack,
    List<RestoredFile> files,
    List<String> warnings)
    implements Report {
  public RestoreReport {
    Objects.requireNonNull(restored);
    Objects.requireNonNull(database);
    Objects.requireNonNull(kept);
    Objects.requireNonNull(goBack);
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /**
   * A file that was put back.
   *
   * @param file relative to the project where it lies inside
   * @param kept where the one that was there is now; empty when there was none
   */
  public record RestoredFile(String file, Optional<String> kept) {
    public RestoredFile {
      Objects.requireNonNull(file);
      Objects.requireNonNull(kept);
    }
  }
}
