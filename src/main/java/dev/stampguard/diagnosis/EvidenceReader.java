package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds each revision's effects against the catalog. */
final class EvidenceReader {
  private final RevisionGraph graph;
  private final CatalogSnapshot catalog;
  private final Expectation expectation;
  private final ObjectHistory history;
  private final Set<String> recorded;

  EvidenceReader(
      RevisionGraph graph,
      CatalogSnapshot catalog,
      Expectation expectation,
      ObjectHistory history,
      Set<String> recorded) {
    this.graph = graph;
    this.catalog = catalog;
    this.expectation = expectation;
    this.history = history;
    this.recorded = recorded;
  }

  /** What is true of every revision, oldest first. */
  List<RevisionDiagnosis> read() {
    var result = new ArrayList<RevisionDiagnosis>();
    int position = 0;
    for (Revision revision : graph.revisions()) {
      result.add(read(revision, position++));
    }
    return result;
  }

  private RevisionDiagnosis read(Revision revision, int position) {
    boolean isRecorded = recorded.contains(revision.id());
    RevisionExpectation expected = expectation.revisions().get(revision.id());
    var tally = new Tally();
    if (expected != null) {
      for (Effect effect : expected.effects()) {
        tally.add(effect, sighting(effect, position, isRecorded));
      }
    }
    Evidence evidence = tally.evidence();
    RevisionState state = RevisionState.of(isRecorded, evidence);
    boolean owes = state != RevisionState.PENDING;
    return new RevisionDiagnosis(
        revision,
        isRecorded,
        evidence,
        state,
        owes ? folded(tally.missing) : List.of(),
        owes ? folded(tally.different) : List.of(),
        foldedInto(tally.present, tally.present),
        expected != null && expected.exact());
  }

  /** What one effect looks like in the catalog now. */
  private enum Sighting {
    AS_AFTER,
    AS_BEFORE,
    NEITHER,
    /** Later revisions covered it, or nothing tells before from after. */
    COVERED
  }

  private Sighting sighting(Effect effect, int position, boolean isRecorded) {
    Optional<Definition> now = catalog.find(effect.object());
    boolean asAfter = ObjectHistory.same(now, effect.after());
    boolean asBefore = ObjectHistory.same(now, effect.before());
    if (asAfter && asBefore) {
      return Sighting.COVERED;
    }
    List<Write> later = laterRecorded(effect.object(), position);
    if (!later.isEmpty()) {
      boolean asLater =
          later.stream().anyMatch(write -> ObjectHistory.same(now, write.effect().after()));
      return asAfter && !asLater ? Sighting.AS_AFTER : Sighting.COVERED;
    }
    if (effect.relation().isPresent()) {
      QualifiedName relation = effect.relation().get();
      if (isDropped(relation, position, isRecorded)) {
        return Sighting.COVERED;
      }
      if (!catalog.containsRelation(relation)) {
        boolean mayBeDropped =
            ObjectHistory.asRelation(relation).stream()
                .anyMatch(name -> mayBeDroppedLater(name, position));
        return mayBeDropped ? Sighting.COVERED : Sighting.AS_BEFORE;
      }
    }
    if (!isRecorded) {
      Optional<Sighting> pending = pendingSighting(effect.object(), position, now);
      if (pending.isPresent()) {
        return asAfter && ObjectHistory.mayBeAnothers(effect.object().kind())
            ? Sighting.COVERED
            : pending.get();
      }
    }
    if (asAfter || asSomeLaterMadeIt(effect.object(), position, now)) {
      return Sighting.AS_AFTER;
    }
    if (now.isEmpty() && mayBeDroppedLater(effect.object(), position)) {
      return Sighting.COVERED;
    }
    return asBefore ? Sighting.AS_BEFORE : Sighting.NEITHER;
  }

  /**
   * What the effect of a revision that is not recorded looks like. The recorded revisions leave the
   * object in one form and the others would take it through further ones; what is there now tells
   * only when all the forms it can be are on one side of this revision. An object that one pending
   * revision creates and the next one drops, for example, says nothing while it is not there.
   *
   * @return empty when the object is in none of these forms
   */
  private Optional<Sighting> pendingSighting(
      ObjectName object, int position, Optional<Definition> now) {
    List<Write> writes = history.writesOf(object);
    int lastRecorded = -1;
    for (int i = 0; i < writes.size(); i++) {
      lastRecorded = recorded.contains(writes.get(i).revision()) ? i : lastRecorded;
    }
    Optional<Definition> left =
        lastRecorded < 0
            ? writes.getFirst().effect().before()
            : writes.get(lastRecorded).effect().after();
    boolean mayBeBefore = ObjectHistory.same(now, left);
    boolean mayBeAfter = false;
    for (Write write : writes.subList(lastRecorded + 1, writes.size())) {
      boolean fits = ObjectHistory.same(now, write.effect().after());
      mayBeBefore |= fits && write.position() < position;
      mayBeAfter |= fits && write.position() >= position;
    }
    if (mayBeBefore && mayBeAfter) {
      return Optional.of(Sighting.COVERED);
    }
    if (mayBeBefore) {
      return Optional.of(Sighting.AS_BEFORE);
    }
    return mayBeAfter ? Optional.of(Sighting.AS_AFTER) : Optional.empty();
  }

  private List<Write> laterRecorded(ObjectName object, int position) {
    return history.writesOf(object).stream()
        .filter(write -> write.position() > position && recorded.contains(write.revision()))
        .toList();
  }

  /** A pending revision that altered the object already does not make an earlier one absent. */
  private boolean asSomeLaterMadeIt(ObjectName object, int position, Optional<Definition> now) {
    return now.isPresent()
        && history.writesOf(object).stream()
            .anyMatch(
                write ->
                    write.position() > position && ObjectHistory.same(now, write.effect().after()));
  }

  /**
   * Whether the revision at {@code position} itself or one after it took the whole relation away:
   * what happened inside it before can then no longer be seen, and the relation alone tells whether
   * it is gone. What is not recorded may have run after what is not recorded either.
   */
  private boolean isDropped(QualifiedName relation, int position, boolean isRecorded) {
    return ObjectHistory.asRelation(relation).stream()
        .flatMap(name -> history.writesOf(name).stream())
        .filter(
            write ->
                write.position() == position
                    || (write.position() > position
                        && (recorded.contains(write.revision())
                            || (!isRecorded && !catalog.containsRelation(relation)))))
        .reduce((first, second) -> second)
        .filter(last -> last.effect().after().isEmpty())
        .isPresent();
  }

  private boolean mayBeDroppedLater(ObjectName object, int position) {
    return expectation.possiblyTouched().entrySet().stream()
        .filter(entry -> entry.getValue().contains(object))
        .map(Map.Entry::getKey)
        .anyMatch(id -> recorded.contains(id) && history.positionOf(id) > position);
  }

  /** Leaves out what lies inside a relation that is itself missing: the relation says it all. */
  private List<ObjectName> folded(List<Effect> effects) {
    return effects.stream()
        .filter(effect -> effect.relation().map(catalog::containsRelation).orElse(true))
        .map(Effect::object)
        .sorted()
        .toList();
  }

  /** Leaves out what lies inside a relation that is among {@code wholes}. */
  private static List<ObjectName> foldedInto(List<Effect> effects, List<Effect> wholes) {
    var relations =
        wholes.stream()
            .map(Effect::object)
            .filter(object -> object.kind().isRelation())
            .map(object -> new QualifiedName(object.parts().get(0), object.parts().get(1)))
            .collect(Collectors.toSet());
    return effects.stream()
        .filter(effect -> effect.relation().map(r -> !relations.contains(r)).orElse(true))
        .map(Effect::object)
        .sorted()
        .toList();
  }

  /** Collects what one revision's effects look like. */
  private static final class Tally {
    private final List<Effect> present = new ArrayList<>();
    private final List<Effect> missing = new ArrayList<>();
    private final List<Effect> different = new ArrayList<>();
    private int seenAfter;
    private int seenBefore;
    private boolean contradicted;

    void add(Effect effect, Sighting sighting) {
      switch (sighting) {
        case AS_AFTER -> {
          seenAfter++;
          if (effect.after().isPresent()) {
            present.add(effect);
          }
        }
        case AS_BEFORE -> {
          seenBefore++;
          if (effect.after().isPresent() && effect.before().isEmpty()) {
            missing.add(effect);
          } else {
            different.add(effect);
          }
        }
        case NEITHER -> {
          contradicted = true;
          different.add(effect);
        }
        case COVERED -> {}
      }
    }

    Evidence evidence() {
      if (contradicted) {
        return Evidence.DIFFERENT;
      }
      if (seenAfter == 0 && seenBefore == 0) {
        return Evidence.NONE;
      }
      if (seenAfter == 0) {
        return Evidence.ABSENT;
      }
      return seenBefore == 0 ? Evidence.PRESENT : Evidence.PARTIAL;
    }
  }
}
