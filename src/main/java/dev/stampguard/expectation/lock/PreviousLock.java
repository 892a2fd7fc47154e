package dev.stampguard.expectation.lock;

import dev.stampguard.StampguardException;
import dev.stampguard.tool.RevisionGraph;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The lock file a snapshot is about to replace. Whatever is wrong with it, a half merged one say,
 * does not keep the new one from being written: all it holds comes from the scripts.
 */
public sealed interface PreviousLock {
  /** There is none. */
  record Absent() implements PreviousLock {}

  /**
   * There is one that is not as it was written.
   *
   * @param reason one sentence without a full stop that names the file and the line
   */
  record Broken(String reason) implements PreviousLock {
    public Broken {
      Objects.requireNonNull(reason);
    }
  }

  /**
   * There is one.
   *
   * @param lock what it says
   * @param drift how the scripts moved on since it was written
   */
  record Intact(LockFile lock, LockDrift drift) implements PreviousLock {
    public Intact {
      Objects.requireNonNull(lock);
      Objects.requireNonNull(drift);
    }
  }

  /**
   * What is at the lock file's place.
   *
   * @param graph the scripts' history now
   * @param scripts the digests of the scripts now, by revision id
   */
  static PreviousLock of(Path file, RevisionGraph graph, Map<String, ScriptDigest> scripts) {
    try {
      return LockReader.read(file)
          .<PreviousLock>map(lock -> new Intact(lock, LockDrift.between(lock, graph, scripts)))
          .orElseGet(Absent::new);
    } catch (StampguardException e) {
      return new Broken(e.getMessage());
    }
  }
}
