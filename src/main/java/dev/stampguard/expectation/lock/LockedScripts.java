package dev.stampguard.expectation.lock;

import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The scripts that a lock file was written from: those that are the same still need no reading. The
 * file is read when it is asked for first. Not for use by many threads.
 */
public final class LockedScripts implements KnownScripts {
  private final Supplier<Optional<LockFile>> reading;
  private final Map<String, ScriptDigest> digests = new HashMap<>();
  private Optional<LockFile> lock;
  private Map<String, LockedRevision> byFile;

  /**
   * @param reading reads the lock file; empty when there is none that speaks of these scripts
   */
  public LockedScripts(Supplier<Optional<LockFile>> reading) {
    this.reading = reading;
  }

  /** The lock file, read once. */
  public Optional<LockFile> lock() {
    if (lock == null) {
      lock = reading.get();
    }
    return lock;
  }

  /**
   * How the scripts moved on since the lock file was written.
   *
   * @param graph their history now
   * @param project the directory that {@link Revision#file()} is relative to
   * @throws dev.stampguard.StampguardException (usage) when a script cannot be read
   * @throws java.util.NoSuchElementException when there is no lock file
   */
  public LockDrift drift(RevisionGraph graph, Path project) {
    return LockDrift.between(lock().orElseThrow(), graph, digests(graph, project));
  }

  /**
   * The digests of every revision's script, by revision id.
   *
   * @param graph their history now
   * @param project as for {@link #drift}
   * @throws dev.stampguard.StampguardException (usage) when a script cannot be read
   */
  public Map<String, ScriptDigest> digests(RevisionGraph graph, Path project) {
    return ScriptDigest.ofAll(graph, project, digests);
  }

  @Override
  public Optional<Revision> find(String file, byte[] content) {
    var digest = ScriptDigest.of(content);
    digests.put(file, digest);
    return Optional.ofNullable(byFile().get(file))
        .filter(locked -> locked.script().equals(digest))
        .map(LockedRevision::revision);
  }

  @Override
  public Collection<Revision> revisions() {
    return locked().stream().map(LockedRevision::revision).toList();
  }

  @Override
  public Collection<Revision> assumed(Predicate<String> files) {
    return locked().stream()
        .filter(locked -> files.test(locked.revision().file()))
        .peek(locked -> digests.put(locked.revision().file(), locked.script()))
        .map(LockedRevision::revision)
        .toList();
  }

  private Collection<LockedRevision> locked() {
    return lock().map(file -> file.revisions().values()).orElse(List.of());
  }

  private Map<String, LockedRevision> byFile() {
    if (byFile == null) {
      byFile = new HashMap<>();
      locked().forEach(locked -> byFile.put(locked.revision().file(), locked));
    }
    return byFile;
  }
}
