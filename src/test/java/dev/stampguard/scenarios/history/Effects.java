package dev.stampguard.scenarios.history;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern RENAME = Pattern.compile("ALTER TABLE (\\w+) RENAME TO (\\w+)");

  private final Map<ObjectName, List<Write>> writes = new TreeMap<>();

  /** Per revision the tables it renames, by their new names. */
  private final Map<String, Map<String, String>> renames = new HashMap<>();

  /**
   * @throws IllegalStateException when two revisions write an object of which neither needs the
   *     other, or a revision does not find what the one before left: no history to test with
   */
  Effects(History history, Expectation expectation) {
    for (String id : history.ids()) {
      renames.put(id, renames(history.script(id).steps()));
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

  private static Map<String, String> renames(List<String> steps) {
    var renames = new HashMap<String, String>();
    for (String step : steps) {
      Matcher rename = RENAME.matcher(step);
      if (rename.lookingAt()) {
        String old = rename.group(1);
        String first = renames.remove(old);
        renames.put(rename.group(2), first == null ? old : first);
      }
    }
    return renames;
  }

  /**
   * As {@link #all()}, with what was done inside a table before that was renamed: a rename is no
   * effect on what moves along. Where the table does not have its last name, the renames count; of
   * what a claimed revision wrote, only claimed renames are followed.
   */
  Map<ObjectName, List<Write>> lives(CatalogSnapshot now, Set<String> claimed) {
    var lives = new TreeMap<ObjectName, List<Write>>();
    writes.forEach(
        (object, list) -> {
          Optional<QualifiedName> relation = list.getLast().effect().relation();
          boolean isThere = relation.isPresent() && now.containsRelation(relation.get());
          Set<String> followed =
              list.stream().anyMatch(write -> claimed.contains(write.revision()))
                  ? claimed
                  : renames.keySet();
          List<Write> life = isThere ? life(object, list, followed) : list;
          boolean isNamedAsBefore =
              now.contains(object) && !isForm(now, object, life) && isForm(now, object, list);
          lives.put(object, isNamedAsBefore ? list : life);
        });
    return lives;
  }

  private static boolean isForm(CatalogSnapshot now, ObjectName object, List<Write> list) {
    return list.stream().anyMatch(write -> write.after().equals(now.find(object)));
  }

  private List<Write> life(ObjectName object, List<Write> list, Set<String> followed) {
    List<Write> life = new ArrayList<>();
    for (Write write : list) {
      Map<String, String> renamed =
          followed.contains(write.revision()) ? renames.get(write.revision()) : Map.of();
      boolean goesOn = write.after().isPresent() && !renamed.isEmpty();
      List<Write> earlier =
          write.before().isPresent() ? life : before(object, write, renamed, followed);
      if (!goesOn || earlier.isEmpty()) {
        life.add(write);
        continue;
      }
      Optional<QualifiedName> relation = write.effect().relation();
      boolean isElsewhere = !earlier.getLast().effect().relation().equals(relation);
      life = new ArrayList<>();
      for (Write old : earlier) {
        Optional<Definition> before = renamed(old.before(), renamed);
        Optional<Definition> after = renamed(old.after(), renamed);
        life.add(new Write(old.revision(), new Effect(object, relation, before, after)));
      }
      boolean isNew = write.before().isEmpty() || !write.before().equals(write.after());
      if (!life.getLast().after().equals(write.after()) || !(isElsewhere || isNew)) {
        Optional<Definition> before =
            write.before().isPresent() ? write.before() : life.getLast().after();
        life.add(new Write(write.revision(), new Effect(object, relation, before, write.after())));
      }
    }
    return life;
  }

  private List<Write> before(
      ObjectName object, Write write, Map<String, String> renamed, Set<String> followed) {
    Optional<QualifiedName> relation = write.effect().relation();
    String old = relation.map(QualifiedName::name).map(renamed::get).orElse("");
    if (old.isEmpty() || object.kind() == ObjectKind.INDEX) {
      return List.of();
    }
    ObjectName original =
        ObjectName.of(object.kind(), relation.orElseThrow().schema(), old, object.simpleName());
    List<Write> list = writes.getOrDefault(original, List.of());
    List<String> ids = list.stream().map(Write::revision).toList();
    int end = ids.indexOf(write.revision());
    return end < 0 || list.get(end).after().isPresent()
        ? List.of()
        : life(original, list.subList(0, end), followed);
  }

  private static Optional<Definition> renamed(
      Optional<Definition> definition, Map<String, String> renamed) {
    if (definition.isEmpty() || !(definition.get() instanceof Definition.Canonical canonical)) {
      return definition;
    }
    String text = canonical.text();
    for (var rename : renamed.entrySet()) {
      text =
          text.replaceAll(
              "(\\bpublic|\"My \"\"app\"\"\")\\." + rename.getValue() + "\\b",
              "$1." + rename.getKey());
    }
    return Optional.of(new Definition.Canonical(text, canonical.body()));
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
