package dev.stampguard.expectation.replay;

import dev.stampguard.catalog.CatalogChange;
import dev.stampguard.catalog.CatalogWatch;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionOutcome;
import dev.stampguard.tool.RevisionRunner;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs every revision in an empty database, oldest first, and takes down what each one changed. One
 * that fails holds up what needs it and nothing else.
 */
public final class ReplayExpectation {
  private final Scripts scripts;
  private final RevisionRunner runner;
  private final CatalogWatch watch;
  private final Place place;
  private final GapFiller filler;
  private final Map<String, RevisionExpectation> revisions = new LinkedHashMap<>();
  private final List<ChainGap> gaps = new ArrayList<>();
  private final List<Replay.Failure> failures = new ArrayList<>();
  private final List<Expectation.Failure> failed = new ArrayList<>();
  private final List<String> notReplayed = new ArrayList<>();
  private final Set<String> stuck = new HashSet<>();

  /** Relations that are there without a revision having made them. */
  private final Set<QualifiedName> filled = new LinkedHashSet<>();

  private ReplayExpectation(
      Scripts scripts, RevisionRunner runner, CatalogWatch watch, Place place, GapFiller filler) {
    this.scripts = scripts;
    this.runner = runner;
    this.watch = watch;
    this.place = place;
    this.filler = filler;
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
        new Expectation(Expectation.Source.REPLAY, revisions, gaps, Map.of(), failed),
        failures,
        notReplayed,
        watch.isProven());
  }

  private void run(String revision) {
    if (scripts.graph().needs(revision).stream().anyMatch(stuck::contains)) {
      stuck.add(revision);
      notReplayed.add(revision);
      return;
    }
    Set<QualifiedName> withdrawn = withdraw(created(revision));
    Attempt attempt = attempt(revision);
    while (isMended(revision, attempt.outcome(), withdrawn)) {
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
        if (outcome.missingRelation().isEmpty()) {
          failures.add(new Replay.Failure(revision, outcome.line(), outcome.message()));
        }
        withdrawn.forEach(relation -> fill(revision, relation));
      }
    }
    if (!withdrawn.isEmpty()) {
      filler.restore();
      watch.changes();
    }
  }

  /** What running a revision did, whether it ended well or not. */
  private record Attempt(RevisionOutcome outcome, List<CatalogChange> changes) {}

  private Attempt attempt(String revision) {
    RevisionOutcome outcome = runner.run(revision);
    // Also after a failure: what a script committed by itself is not the next one's doing.
    return new Attempt(outcome, watch.changes());
  }

  /** Whether what made the revision fail is out of the way, so that it may run again. */
  private boolean isMended(String revision, RevisionOutcome outcome, Set<QualifiedName> withdrawn) {
    return switch (outcome) {
      case RevisionOutcome.Done d -> false;
      case RevisionOutcome.Failed failed -> {
        if (failed.missingRelation().isPresent()) {
          QualifiedName relation = relation(failed.missingRelation().get());
          gaps.add(gap(revision, failed.line(), relation));
          yield !filled.contains(relation)
              && !withdrawn.contains(relation)
              && fill(revision, relation);
        }
        // Python may have made up the name, so that nobody could read it in the script.
        Set<QualifiedName> inTheWay =
            withdraw(
                filled.stream()
                    .filter(f -> failed.existingRelation().filter(f.name()::equals).isPresent())
                    .collect(Collectors.toSet()));
        withdrawn.addAll(inTheWay);
        yield !inTheWay.isEmpty();
      }
    };
  }

  private boolean fill(String revision, QualifiedName relation) {
    if (!filler.fill(relation, later(revision, relation))) {
      return false;
    }
    filled.add(relation);
    watch.changes();
    return true;
  }

  /** Takes away what was filled of these relations, and says which. */
  private Set<QualifiedName> withdraw(Set<QualifiedName> relations) {
    var withdrawn = new HashSet<>(relations);
    withdrawn.retainAll(filled);
    if (!withdrawn.isEmpty()) {
      withdrawn.forEach(filler::withdraw);
      filled.removeAll(withdrawn);
      watch.changes();
    }
    return withdrawn;
  }

  /** What this revision and those to come add to a relation that none of them makes. */
  private Set<ObjectName> later(String revision, QualifiedName relation) {
    return scripts.graph().revisions().stream()
        .map(Revision::id)
        .dropWhile(id -> !id.equals(revision))
        .flatMap(id -> operations(id).stream())
        .flatMap(operation -> Addition.of(operation).stream())
        .filter(addition -> complete(addition.relation()).equals(relation))
        .map(addition -> addition.in(relation))
        .collect(Collectors.toUnmodifiableSet());
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

  /** The relation of an error message, which names it as the statement did. */
  private QualifiedName relation(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? new QualifiedName(place.defaultSchema(), name)
        : new QualifiedName(name.substring(0, dot), name.substring(dot + 1));
  }

  private ChainGap gap(String revision, int line, QualifiedName relation) {
    List<String> creators =
        scripts.graph().revisions().stream()
            .map(Revision::id)
            .filter(id -> !id.equals(revision) && created(id).contains(relation))
            .toList();
    return new ChainGap(revision, line, ObjectName.of(ObjectKind.TABLE, relation), creators);
  }

  private Set<QualifiedName> created(String revision) {
    return operations(revision).stream()
        .flatMap(operation -> operation.createdRelation().stream())
        .map(this::complete)
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<SchemaOperation> operations(String revision) {
    return scripts.operations().getOrDefault(revision, List.of());
  }

  private QualifiedName complete(QualifiedName name) {
    return name.schema().equals(SchemaOperation.SEARCH_PATH)
        ? new QualifiedName(place.defaultSchema(), name.name())
        : name;
  }
}
