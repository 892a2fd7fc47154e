package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockReader;
import dev.stampguard.expectation.lock.LockedScripts;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.service.replay.Replayer;
import dev.stampguard.service.replay.Replayer.Replayed;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.service.source.LockSource;
import dev.stampguard.service.source.ReferenceSource;
import dev.stampguard.service.source.ReplaySource;
import dev.stampguard.service.source.ScriptSource;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses how it is to be known what each revision must leave behind: the lock file as long as it
 * speaks of these scripts, else a replay that somebody asked for, else a reference, else a replay
 * where one is allowed, else the scripts.
 */
public final class SourceFinder {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Path directory;
  private final Path lock;
  private final LockedScripts locked;

  /**
   * @param lock the project's lock file, whether it is there or not: beside it is the project
   */
  public SourceFinder(PostgresConnector connector, MigrationProject project, Path lock) {
    this.connector = connector;
    this.project = project;
    this.directory = lock.getParent();
    this.lock = lock;
    this.locked = new LockedScripts(this::readLock);
  }

  /** The scripts as the lock file knows them, both read when they are asked for first. */
  public LockedScripts locked() {
    return locked;
  }

  /**
   * What may be asked.
   *
   * @param target the database that is to be judged
   * @param reference a database whose definitions are right; empty when none was named
   * @param replay how the scripts may be replayed; empty when they may not be
   */
  public record Request(Target target, Optional<Target> reference, Optional<ReplayRequest> replay) {
    public Request {
      Objects.requireNonNull(target);
      Objects.requireNonNull(reference);
      Objects.requireNonNull(replay);
    }
  }

  /**
   * How to replay.
   *
   * @param settings where and with what
   * @param isAsked whether somebody asked for a replay, so that it comes before a reference
   * @param progress hears how far it is
   */
  public record ReplayRequest(ReplaySettings settings, boolean isAsked, ReplayProgress progress) {}

  /**
   * What was chosen.
   *
   * @param source how it is known what must be there
   * @param remark why a better source could not be used, and what no source speaks of, one
   *     sentence; empty when there is nothing to say
   * @param isGrave whether the answer is worth less than it looks, so that whoever only looks at an
   *     exit code has to hear the remark as well
   */
  public record Found(ExpectationSource source, Optional<String> remark, boolean isGrave) {
    Found(ExpectationSource source, Optional<String> remark) {
      this(source, remark, false);
    }
  }

  /**
   * Chooses, and replays when it comes to that.
   *
   * @throws StampguardException (usage) when the lock file is broken or the reference is not
   *     healthy itself; (no access) when a database or a named place for a scratch database cannot
   *     be reached
   */
  public Found find(Request request) {
    Found found = choose(request);
    return new Found(
        found.source(),
        Stream.concat(found.remark().stream(), project.unjudged().stream())
            .reduce((one, next) -> one + "; " + next),
        found.isGrave());
  }

  private Found choose(Request request) {
    Scripts scripts = project.scripts(locked);
    Optional<LockSource> known =
        locked
            .lock()
            .map(file -> new LockSource(scripts, file, locked.drift(scripts.graph(), directory)));
    if (known.isPresent() && (request.replay().isEmpty() || isEnough(known.get(), request))) {
      return new Found(known.get(), remark(known.get(), request), known.get().isBlurred());
    }
    if (known.isEmpty()
        && request.reference().isPresent()
        && request.replay().filter(ReplayRequest::isAsked).isEmpty()) {
      return new Found(reference(request.reference().get(), scripts), Optional.empty());
    }
    if (request.replay().isPresent()) {
      return replay(request, request.replay().get(), scripts, known);
    }
    return new Found(new ScriptSource(scripts), Optional.empty());
  }

  /**
   * Gaps are findings; any other failure would otherwise be told nowhere.
   *
   * @param how what did not run is judged instead
   */
  private static Optional<String> remark(Replay replay, String how) {
    return replay.failures().stream()
        .findFirst()
        .map(
            failure ->
                "`%s` failed in the replay and is judged %s: %s"
                    .formatted(failure.revision(), how, failure.message()))
        .or(() -> replay.unfilled().stream().findFirst());
  }

  private Optional<String> remark(LockSource source, Request request) {
    String name = lock.getFileName().toString();
    if (!source.drift().isEmpty()) {
      return Optional.of(
          "`%s` is not of these scripts any more: what the changed ones may touch is judged by name only; run `stampguard snapshot`"
              .formatted(name));
    }
    return request
        .reference()
        .map(r -> "`%s` says more than a reference, which was not asked".formatted(name));
  }

  private Optional<LockFile> readLock() {
    Optional<LockFile> read = LockReader.read(lock);
    read.ifPresent(this::requireOwnTool);
    return read;
  }

  /** A lock that is of no use must not weaken an answer to what the scripts say, unsaid. */
  private void requireOwnTool(LockFile read) {
    if (!read.tool().equals(project.tool())) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is about scripts of %s, and those of this project are %s's"
              .formatted(lock, read.tool(), project.tool()),
          "write it anew with `stampguard snapshot`, or remove it");
    }
  }

  /** Whether a replay could tell more about the target than the lock file does. */
  private boolean isEnough(LockSource source, Request request) {
    if (source.drift().isEmpty()) {
      return true;
    }
    try (PostgresConnection connection = connector.open(request.target());
        ReadOnlyTransaction transaction = connection.readOnly()) {
      return source.knows(project.ledger().read(transaction));
    }
  }

  private Found replay(
      Request request, ReplayRequest replay, Scripts scripts, Optional<LockSource> known) {
    // What cannot be reached cannot be judged either: say so before minutes are spent.
    connector.open(request.target()).close();
    Optional<Replayed> replayed = Optional.empty();
    String remark = "there is no place for a scratch database on this machine";
    try {
      replayed =
          Replayer.of(connector, project, replay.settings())
              .replay(
                  new Replayer.Request(
                      replay.settings(),
                      Optional.of(request.target()),
                      request.reference(),
                      known.isEmpty()), // what a lock says is of the scripts' own order
                  replay.progress());
    } catch (StampguardException e) {
      boolean isNamedPlace = replay.settings().isPlaceNamed() && e.exitCode() == ExitCode.NO_ACCESS;
      if (isNamedPlace || e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
      remark = e.getMessage();
    }
    if (replayed.isPresent()) {
      return replayed(replayed.get(), known);
    }
    ExpectationSource next =
        known.map(ExpectationSource.class::cast).orElse(new ScriptSource(scripts));
    return new Found(
        known.isEmpty() && request.reference().isPresent()
            ? reference(request.reference().get(), scripts)
            : next,
        Optional.of("the scripts were not replayed: " + remark));
  }

  /** What a replay could not run and no script tells the lock may know. */
  private Found replayed(Replayed replayed, Optional<LockSource> known) {
    Replay replay = replayed.replay();
    Optional<LockSource> better = known.filter(source -> source.knowsMore(replay));
    if (better.isPresent()) {
      String how = "by what `%s` knows of it".formatted(lock.getFileName());
      return new Found(better.get(), remark(replay, how), better.get().isBlurred());
    }
    Expectation made = replay.expectation();
    return new Found(
        new ReplaySource(
            replayed.scripts(),
            made,
            replayed.defaultSchema(),
            known.map(source -> source.edits(made)).orElse(List.of())),
        remark(replay, "by its script as it reads"));
  }

  /** A reference that contradicts its own ledger would make a healthy target look wrong. */
  private ReferenceSource reference(Target target, Scripts scripts) {
    var plain = Examiner.Request.plain(target, new ScriptSource(scripts));
    Diagnosis diagnosis = new Examiner(connector, project).examine(plain).diagnosis();
    boolean isUsable =
        switch (diagnosis.verdict()) {
          case CONSISTENT, BEHIND -> true;
          case INCONSISTENT -> false;
          case UNKNOWN -> isOnlyUntold(scripts, diagnosis);
        };
    if (!isUsable) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the reference `%s` is %s itself"
              .formatted(target.database(), diagnosis.verdict().label()),
          "name a database that `stampguard check` finds healthy");
    }
    return new ReferenceSource(scripts, definitions(target));
  }

  /**
   * Whether nothing is wrong as far as the scripts tell, and only some of them are programs: that
   * those ran somebody who names a reference knows.
   */
  private static boolean isOnlyUntold(Scripts scripts, Diagnosis diagnosis) {
    return scripts.graph().problems().isEmpty()
        && diagnosis.findings().stream().anyMatch(Finding::isObstacle)
        && diagnosis.findings().stream().noneMatch(Finding::isContradiction);
  }

  private Inspection definitions(Target target) {
    try (PostgresConnection connection = connector.open(target)) {
      return Inspection.of(connection, CatalogDepth.DEFINITIONS, project.ledger());
    }
  }
}
