package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every object's writers, oldest first: the expectation turned from revisions to objects. */
final class ObjectHistory {
  /**
   * One revision's effect on one object.
   *
   * @param position the revision's place in the graph's order; what revisions on branches do may be
   *     known for another order, which is the one of the writers
   */
  record Write(int position, String revision, Effect effect) {}

  private final Map<ObjectName, List<Write>> writes = new HashMap<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Integer> turns = new HashMap<>();

  ObjectHistory(RevisionGraph graph, Expectation expectation) {
    for (Revision revision : graph.revisions()) {
      positions.put(revision.id(), positions.size());
    }
    // In the order in which their effects build on each other.
    for (RevisionExpectation expected : expectation.revisions().values()) {
      turns.put(expected.revision(), turns.size());
      int position = positionOf(expected.revision());
      if (position >= 0) {
        for (Effect effect : expected.effects()) {
          writes
              .computeIfAbsent(effect.object(), name -> new ArrayList<>(1))
              .add(new Write(position, expected.revision(), effect));
        }
      }
    }
  }

  /** All objects any revision ever wrote. */
  Map<ObjectName, List<Write>> all() {
    return writes;
  }

  List<Write> writesOf(ObjectName object) {
    return writes.getOrDefault(object, List.of());
  }

  /** A revision's place in the graph's order; -1 for one that is not in the graph. */
  int positionOf(String revision) {
    return positions.getOrDefault(revision, -1);
  }

  /** Whether the effects of one revision build on those of another one that came before it. */
  boolean isBefore(String earlier, String later) {
    return turns.getOrDefault(earlier, Integer.MAX_VALUE) < turns.getOrDefault(later, -1);
  }

  boolean isOwned(ObjectName object) {
    return writes.containsKey(object);
  }

  /** Whether any revision ever left it behind. */
  boolean isMade(ObjectName object) {
    return writesOf(object).stream().anyMatch(write -> write.effect().after().isPresent());
  }

  /** Whether any revision ever wrote something in a schema. */
  boolean hasWritesIn(String schema) {
    return writes.keySet().stream()
        .anyMatch(object -> object.parts().size() > 1 && object.parts().getFirst().equals(schema));
  }

  /** The names a relation may go by, whatever kind of relation it is. */
  static List<ObjectName> asRelation(QualifiedName relation) {
    return Stream.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW)
        .map(kind -> ObjectName.of(kind, relation))
        .toList();
  }
}
