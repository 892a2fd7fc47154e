package dev.stampguard.expectation.replay;

import dev.stampguard.catalog.CatalogChange;
import dev.stampguard.catalog.CatalogWatch;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RevisionRunner;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Runs every revision in an empty database, oldest first, and takes down what each one changed. One
 * that fails holds up what needs it and nothing else.
 */
public final class ReplayExpectation {
  private final Scripts scripts;
  private final RevisionRunner runner;
  private final CatalogWatch watch;
  private final Place place;
  private final Gaps gaps;
  private final Map<String, RevisionExpectation> revisions = new LinkedHashMap<>();
  private final List<Replay.Failure> failures = new ArrayList<>();
  private final List<Expectation.Failure> failed = new ArrayList<>();
  private final List<String> notReplayed = new ArrayList<>();
  private final Set<String> stuck = new HashSet<>();

  private ReplayExpectation(
      Scripts scripts, RevisionRunner runner, CatalogWatch watch, Place place, GapFiller filler) {
    this.scripts = scripts;
    this.runner = runner;
    this.watch = watch;
    this.place = place;
    this.gaps = new Gaps(new Names(scripts, place.defaultSchema()), filler, watch);
  }

  /**
   * The database the revisions run in.
   *
   * @param defaultSchema the schema that names without one stand for
   * @param ledgers where the ledger may be; it is no effect of any revision
   */
  public record Place(String defaultSchema, Set<QualifiedName> ledgers) {
    public Place {
      Objects.requireNonNull(defaultSchema);
      ledgers = Set.copyOf(ledgers);
    }
  }

  /**
   * Replays.
   *
   * @param runner runs the revisions in the database that {@code watch} looks at; it is finished
   *     when this returns
   * @param filler makes what the chain takes for granted: the gap is told all the same, and the
   *     replay goes on behind it
   * @throws dev.stampguard.StampguardException when the runner or the database fails as a whole
   */
  public static Replay of(
      Scripts scripts,
      RevisionRunner runner,
      CatalogWatch watch,
      Place place,
      GapFiller filler,
      ReplayProgress progress) {
    return new ReplayExpectation(scripts, runner, watch, place, filler).replay(progress);
  }

  private Replay replay(ReplayProgress progress) {
    List<Revision> all = scripts.graph().revisions();
    int done = 0;
    for (Revision revision : all) {
      run(revision.id());
      progress.advanced(++done, all.size());
    }
    runner.finish();
    return new Replay(
        new Expectation(Expectation.Source.REPLAY, revisions, gaps.found(), Map.of(), failed),
        failures,
        notReplayed,
        gaps.refusals(),
        watch.isProven());
  }

  private void run(String revision) {
    if (scripts.graph().needs(revision).stream().anyMatch(stuck::contains)) {
      stuck.add(revision);
      notReplayed.add(revision);
      return;
    }
    gaps.before(revision);
    Attempt attempt = attempt(revision);
    while (isMended(revision, attempt.outcome())) {
      attempt = attempt(revision);
    }
    switch (attempt.outcome()) {
      case RevisionOutcome.Done d ->
          revisions.put(
              revision,
              new RevisionExpectation(revision, effects(attempt.changes()), true, List.of()));
      case RevisionOutcome.Failed outcome -> {
        stuck.add(revision);
        failed.add(
            new Expectation.Failure(
                revision, "cannot be run in a scratch database: " + outcome.message()));
        if (gaps.needed(revision, outcome).isEmpty()) {
          failures.add(new Replay.Failure(revision, outcome.line(), outcome.message()));
        }
      }
    }
    gaps.after(revision, revisions.containsKey(revision));
  }

  /** What running a revision did, whether it ended well or not. */
  private record Attempt(RevisionOutcome outcome, List<CatalogChange> changes) {}

  private Attempt attempt(String revision) {
    RevisionOutcome outcome = runner.run(revision);
    // Also after a failure: what a script committed by itself is not the next one's doing.
    return new Attempt(outcome, watch.changes());
  }

  private boolean isMended(String revision, RevisionOutcome outcome) {
    return switch (outcome) {
      case RevisionOutcome.Done d -> false;
      case RevisionOutcome.Failed attempt -> gaps.isMended(revision, attempt);
    };
  }

  private List<Effect> effects(List<CatalogChange> changes) {
    return changes.stream()
        .filter(change -> !isLedger(change))
        .map(
            change ->
                new Effect(change.object(), change.relation(), change.before(), change.after()))
        .toList();
  }

  private boolean isLedger(CatalogChange change) {
    ObjectName object = change.object();
    return change.relation().filter(place.ledgers()::contains).isPresent()
        || (object.kind() == ObjectKind.TABLE
            && place
                .ledgers()
                .contains(new QualifiedName(object.parts().getFirst(), object.simpleName())));
  }
}
