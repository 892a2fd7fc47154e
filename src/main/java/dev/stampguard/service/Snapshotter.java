package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.lock.LockDrift;
import dev.stampguard.expectation.lock.LockExpectation;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockWriter;
import dev.stampguard.expectation.lock.LockedRevision;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.expectation.lock.ScriptDigest;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.service.replay.Replayer;
import dev.stampguard.service.replay.Replayer.Replayed;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Replays a project's scripts and writes down what they do. */
public final class Snapshotter {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Path file;

  /**
   * @param file where the lock file goes, in the project's directory
   */
  public Snapshotter(PostgresConnector connector, MigrationProject project, Path file) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.file = Objects.requireNonNull(file);
  }

  /**
   * A fresh lock file beside the one that is there.
   *
   * @param lock what the scripts do now
   * @param previous what is at the file's place
   * @param isCurrent whether the file says so already
   * @param remarks one sentence each about what could not be replayed
   * @param unjudged ids of revisions of which neither the replay nor their scripts tell anything,
   *     oldest first: by this file a database that records one of them is unknown
   */
  public record Snapshot(
      LockFile lock,
      PreviousLock previous,
      boolean isCurrent,
      List<String> remarks,
      List<String> unjudged) {
    public Snapshot {
      Objects.requireNonNull(lock);
      Objects.requireNonNull(previous);
      remarks = List.copyOf(remarks);
      unjudged = List.copyOf(unjudged);
    }
  }

  /**
   * Replays; writes nothing.
   *
   * @param target the database the scratch stands in for; empty when none is named
   * @param reference a database to take from what the scripts need and nothing makes; may be empty
   * @throws StampguardException (no access) when there is no place for a scratch database; (usage)
   *     when the scripts cannot be loaded; (refused) when the replay failed at what the file
   *     already knows
   */
  public Snapshot take(
      Optional<Target> target,
      Optional<Target> reference,
      ReplaySettings settings,
      ReplayProgress progress) {
    RevisionGraph graph = project.scripts().graph();
    graph.requireWhole();
    project
        .notAllowed(settings.run())
        .ifPresent(
            missing -> {
              throw missing.refusing("snapshot");
            });
    Replayed replayed =
        Replayer.of(connector, project, settings)
            .replay(new Replayer.Request(settings, target, reference), progress)
            .orElseThrow(Snapshotter::noPlace);
    Map<String, ScriptDigest> digests = ScriptDigest.ofAll(graph, file.getParent());
    LockFile lock =
        LockFile.of(
            project.tool(),
            replayed.postgresMajor(),
            replayed.defaultSchema(),
            graph,
            replayed.replay().expectation(),
            digests);
    PreviousLock previous = PreviousLock.of(file, graph, digests);
    List<String> remarks = remarks(replayed.replay(), reference);
    boolean isCurrent =
        switch (previous) {
          case PreviousLock.Absent() -> false;
          case PreviousLock.Broken b -> false;
          case PreviousLock.Intact known -> {
            requireNoLess(known.lock(), lock, remarks);
            yield known.lock().isEquivalentTo(lock);
          }
        };
    requireSomething(replayed.replay());
    return new Snapshot(lock, previous, isCurrent, remarks, unjudged(lock));
  }

  /** As whoever reads the file will find, of a database that records everything. */
  private List<String> unjudged(LockFile lock) {
    Scripts scripts = project.scripts();
    List<String> all = scripts.graph().revisions().stream().map(Revision::id).toList();
    Expectation read =
        LockExpectation.of(
            lock,
            scripts,
            LockDrift.NONE,
            Set.copyOf(all),
            CatalogSnapshot.of(String.valueOf(lock.postgresMajor()), List.of()));
    Set<String> untold =
        read.unaccounted().stream()
            .map(Expectation.Failure::revision)
            .collect(Collectors.toUnmodifiableSet());
    return all.stream()
        .filter(id -> untold.contains(id) || !read.revisions().containsKey(id))
        .toList();
  }

  /** Writes a snapshot to the project's lock file, whole or not at all. */
  public void write(Snapshot snapshot) {
    LockWriter.write(snapshot.lock(), file);
  }

  private static StampguardException noPlace() {
    return new StampguardException(
        ExitCode.NO_ACCESS,
        "there is no place to replay the scripts in: PostgreSQL's server programs are not on this"
            + " machine, and the target is not either",
        "install PostgreSQL here, or name a server with `--scratch server` or `--scratch URL`");
  }

  /** A machine on which less can run must not take away what another one proved. */
  private void requireNoLess(LockFile known, LockFile lock, List<String> remarks) {
    List<String> lost =
        lock.revisions().values().stream()
            .filter(fresh -> fresh.expectation().isEmpty())
            .map(LockedRevision::revision)
            .map(Revision::id)
            .filter(id -> isKnown(known, lock.revisions().get(id)))
            .toList();
    if (!lost.isEmpty()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "%s could not be replayed here, but `%s` knows what %s: nothing was written; %s"
              .formatted(
                  Words.names(lost),
                  file.getFileName(),
                  lost.size() == 1 ? "it does" : "they do",
                  remarks.getFirst()),
          "run it where the scripts can run; to write it all the same, remove the file first");
    }
  }

  /** Where a gap is known the lock says at least where to go on. */
  private void requireSomething(Replay replay) {
    boolean isEmpty =
        replay.expectation().revisions().isEmpty() && replay.expectation().gaps().isEmpty();
    if (isEmpty && !replay.failures().isEmpty()) {
      Replay.Failure first = replay.failures().getFirst();
      String script =
          project.scripts().graph().find(first.revision()).map(Revision::file).orElseThrow();
      throw new StampguardException(
          ExitCode.FINDINGS,
          "`%s:%s`: `%s` failed, and no other revision could be run: nothing was written; %s"
              .formatted(script, first.line(), first.revision(), first.message()),
          "mend the script, or take the snapshot where it runs");
    }
  }

  private static boolean isKnown(LockFile known, LockedRevision fresh) {
    LockedRevision old = known.revisions().get(fresh.revision().id());
    return old != null && old.expectation().isPresent() && old.script().equals(fresh.script());
  }

  private List<String> remarks(Replay replay, Optional<Target> reference) {
    var remarks = new ArrayList<String>();
    boolean isOpen = false;
    for (ChainGap gap : replay.expectation().gaps()) {
      String script =
          project.scripts().graph().find(gap.revision()).map(Revision::file).orElseThrow();
      boolean isFilled = replay.expectation().revisions().containsKey(gap.revision());
      isOpen |= !isFilled;
      remarks.add(
          "`%s:%s`: `%s` needs `%s`, which %s%s"
              .formatted(
                  script,
                  gap.line(),
                  gap.revision(),
                  gap.needs(),
                  Words.isMadeBefore(project.scripts().graph(), gap)
                      ? "is gone by then"
                      : "nothing before it creates",
                  isFilled ? "; it ran with what the reference has" : ""));
    }
    if (isOpen) {
      remarks.add(
          reference
              .map(
                  r ->
                      replay.unfilled().stream()
                          .findFirst()
                          .orElse("the reference `%s` does not have it".formatted(r.database())))
              .orElse("name a database that has it with `--reference`, to go on behind that"));
    }
    for (Replay.Failure failure : replay.failures()) {
      remarks.add("`%s` failed: %s".formatted(failure.revision(), failure.message()));
    }
    if (!replay.notReplayed().isEmpty()) {
      remarks.add(
          "%s did not run because of that: %s"
              .formatted(
                  Words.count(replay.notReplayed().size(), "revision"),
                  Words.names(replay.notReplayed())));
    }
    return remarks;
  }
}
