package dev.stampguard.report;

import dev.stampguard.expectation.lock.PreviousLock;
import java.util.List;
import java.util.Objects;

/**
 * A lock file that was written, or that was held against a fresh replay.
 *
 * @param file the lock file, relative to the project
 * @param revisions how many revisions it holds
 * @param objects how many objects stand when all of them are applied
 * @param changed whether the file was written, or with {@code checked} would be
 * @param checked whether nothing was to be written
 * @param madeWith what the revisions ran on, for example {@code PostgreSQL 18.3}
 * @param remarks one sentence each about what could not be replayed
 * @param previous what was there before
 */
public record SnapshotReport(
    String file,
    int revisions,
    int objects,
    boolean changed,
    boolean checked,
    String madeWith,
    List<String> remarks,
    PreviousLock previous)
    implements Report {
  public SnapshotReport {
    Objects.requireNonNull(file);
    Objects.requireNonNull(madeWith);
    remarks = List.copyOf(remarks);
    Objects.requireNonNull(previous);
  }
}
