package dev.stampguard.scenarios.history;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What each revision of a history does to each object, by object. */
final class Effects {
  /** One revision's effect on an object. */
  record Write(String revision, Effect effect) {
    Optional<Definition> before() {
      return effect.before();
    }

    Optional<Definition> after() {
      return effect.after();
    }
  }

  private final Map<ObjectName, List<Write>> writes = new TreeMap<>();

  /**
   * @throws IllegalStateException when two revisions write an object of which neither needs the
   *     other, or a revision does not find what the one before left: no history to test with
   */
  Effects(History history, Expectation expectation) {
    for (String id : history.ids()) {
      for (Effect effect : expectation.revisions().get(id).effects()) {
        List<Write> earlier = writes.computeIfAbsent(effect.object(), name -> new ArrayList<>());
        if (!earlier.isEmpty()) {
          Write last = earlier.getLast();
          if (!history.closure(Set.of(id)).contains(last.revision())
              || !last.after().equals(effect.before())) {
            throw new IllegalStateException(
                "%s and %s both write %s".formatted(last.revision(), id, effect.object()));
          }
        }
        earlier.add(new Write(id, effect));
      }
    }
  }

  Map<ObjectName, List<Write>> all() {
    return writes;
  }

  /** What stands when exactly these revisions have run. */
  Map<ObjectName, Definition> after(Set<String> revisions) {
    var standing = new TreeMap<ObjectName, Definition>();
    writes.forEach(
        (object, list) ->
            last(list, revisions)
                .flatMap(Write::after)
                .ifPresent(definition -> standing.put(object, definition)));
    return standing;
  }

  static Optional<Write> last(List<Write> writes, Set<String> revisions) {
    return writes.stream()
        .filter(write -> revisions.contains(write.revision()))
        .reduce((earlier, later) -> later);
  }

  /** The table an object lives in. */
  String relation(ObjectName object) {
    return writes.get(object).getLast().effect().relation().map(QualifiedName::name).orElseThrow();
  }
}
