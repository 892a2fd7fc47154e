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
  private final Map<String, RevisionExpectation> revisions = new LinkedHashMap<>();
  private final List<ChainGap> gaps = new ArrayList<>();
  private final List<Replay.Failure> failures = new ArrayList<>();
  private final List<String> notReplayed = new ArrayList<>();
  private final Set<String> stuck = new HashSet<>();

  private ReplayExpectation(
      Scripts scripts, RevisionRunner runner, CatalogWatch watch, Place place) {
    this.scripts = scripts;
    this.runner = runner;
    this.watch = watch;
    this.place = place;
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
   * @throws dev.stampguard.StampguardException when the runner or the database fails as a whole
   */
  public static Replay of(
      Scripts scripts,
      RevisionRunner runner,
      CatalogWatch watch,
      Place place,
      ReplayProgress progress) {
    return new ReplayExpectation(scripts, runner, watch, place).replay(progress);
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
        new Expectation(Expectation.Source.REPLAY, revisions, gaps, Map.of()),
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
    RevisionOutcome outcome = runner.run(revision);
    // Also after a failure: what a script committed by itself is not the next one's doing.
    List<CatalogChange> changes = watch.changes();
    switch (outcome) {
      case RevisionOutcome.Done d ->
          revisions.put(
              revision, new RevisionExpectation(revision, effects(changes), true, List.of()));
      case RevisionOutcome.Failed failed -> {
        stuck.add(revision);
        failed
            .missingRelation()
            .map(this::relation)
            .ifPresentOrElse(
                relation -> gaps.add(gap(revision, failed.line(), relation)),
                () -> failures.add(new Replay.Failure(revision, failed.line(), failed.message())));
      }
    }
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
            .filter(id -> !id.equals(revision) && creates(id, relation))
            .toList();
    return new ChainGap(revision, line, ObjectName.of(ObjectKind.TABLE, relation), creators);
  }

  private boolean creates(String revision, QualifiedName relation) {
    return scripts.operations().getOrDefault(revision, List.of()).stream()
        .flatMap(operation -> operation.createdRelation().stream())
        .anyMatch(created -> complete(created).equals(relation));
  }

  private QualifiedName complete(QualifiedName name) {
    return name.schema().equals(SchemaOperation.SEARCH_PATH)
        ? new QualifiedName(place.defaultSchema(), name.name())
        : name;
  }
}
