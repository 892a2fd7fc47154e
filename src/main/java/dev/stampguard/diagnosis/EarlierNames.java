package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows objects back through the renames of the relation they are in. A rename is an effect on
 * the relation's name; what lies inside moves along and is still owed by those who wrote it.
 */
final class EarlierNames {
  private final Branches branches;
  private final ObjectHistory history;
  private final CatalogSnapshot catalog;
  private final Set<String> recorded;
  private final Map<String, List<Rename>> renames = new HashMap<>();

  EarlierNames(Branches branches, Expectation expectation, CatalogSnapshot catalog) {
    this.branches = branches;
    this.history = branches.history();
    this.catalog = catalog;
    this.recorded = branches.recorded();
    for (RevisionExpectation expected : expectation.revisions().values()) {
      List<Rename> found = Rename.among(expected.effects());
      if (!found.isEmpty()) {
        renames.put(expected.revision(), found);
      }
    }
  }

  /**
   * The trace of an object with what was done to it under earlier names of its relation, instead of
   * with the renames. As it is when the relation does not have its last name, or the object still
   * names an earlier one: then the renames are what is to be judged. Of an object that a recorded
   * revision wrote, only recorded renames count.
   */
  Trace follow(Trace trace) {
    if (renames.isEmpty() || !isRelationThere(trace)) {
      return trace;
    }
    boolean isRecorded =
        trace.writes().stream().anyMatch(write -> recorded.contains(write.revision()));
    List<Write> deeds = deeds(trace.object(), trace.writes(), isRecorded);
    if (deeds.equals(trace.writes())) {
      return trace;
    }
    Trace followed = Trace.of(trace.object(), deeds, catalog, branches);
    boolean isNamedAsBefore =
        trace.now().isPresent() && followed.fits().isEmpty() && !trace.fits().isEmpty();
    return isNamedAsBefore ? trace : followed;
  }

  private boolean isRelationThere(Trace trace) {
    return trace
        .writes()
        .getLast()
        .effect()
        .relation()
        .map(catalog::containsRelation)
        .orElse(false);
  }

  private List<Write> deeds(ObjectName object, List<Write> writes, boolean isRecorded) {
    List<Write> deeds = new ArrayList<>();
    for (Write write : writes) {
      List<Rename> renamed =
          isRecorded && !recorded.contains(write.revision())
              ? List.of()
              : renames.getOrDefault(write.revision(), List.of());
      List<Write> earlier = List.of();
      if (!renamed.isEmpty() && write.effect().after().isPresent()) {
        earlier =
            write.effect().before().isPresent()
                ? deeds
                : before(renamed, object, write, isRecorded);
      }
      if (earlier.isEmpty()) {
        deeds.add(write);
      } else {
        deeds = moved(earlier, object, write, renamed);
      }
    }
    return deeds;
  }

  /** What was done to the object as long as its relation had another name. */
  private List<Write> before(
      List<Rename> renamed, ObjectName object, Write write, boolean isRecorded) {
    return renamed.stream()
        .filter(rename -> write.effect().relation().filter(rename.to()::equals).isPresent())
        .map(rename -> rename.original(object))
        .filter(original -> isGone(original, write.position()))
        .map(
            original ->
                deeds(
                    original,
                    history.writesOf(original).stream()
                        .filter(other -> history.isBefore(other.revision(), write.revision()))
                        .toList(),
                    isRecorded))
        .findFirst()
        .orElse(List.of());
  }

  private boolean isGone(ObjectName original, int position) {
    return history.writesOf(original).stream()
        .anyMatch(other -> other.position() == position && other.effect().after().isEmpty());
  }

  /** Earlier writes under the names they have now, and what else the renaming revision did. */
  private static List<Write> moved(
      List<Write> earlier, ObjectName object, Write write, List<Rename> renamed) {
    Effect effect = write.effect();
    var moved = new ArrayList<Write>();
    for (Write old : earlier) {
      moved.add(
          new Write(
              old.position(),
              old.revision(),
              new Effect(
                  object,
                  effect.relation(),
                  renamed(old.effect().before(), renamed),
                  renamed(old.effect().after(), renamed))));
    }
    Effect last = moved.getLast().effect();
    boolean isElsewhere = !earlier.getLast().effect().relation().equals(effect.relation());
    boolean isMovedAlong =
        Definition.match(last.after(), effect.after())
            && (isElsewhere || !Definition.match(effect.before(), effect.after()));
    if (!isMovedAlong) {
      Optional<Definition> before =
          effect.before().isPresent() ? renamed(effect.before(), renamed) : last.after();
      moved.add(
          new Write(
              write.position(),
              write.revision(),
              new Effect(object, effect.relation(), before, effect.after())));
    }
    return moved;
  }

  private static Optional<Definition> renamed(
      Optional<Definition> definition, List<Rename> renames) {
    Optional<Definition> result = definition;
    for (Rename rename : renames) {
      result = result.map(rename::renamed);
    }
    return result;
  }
}
