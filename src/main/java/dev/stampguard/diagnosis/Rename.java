package dev.stampguard.diagnosis;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relation that got another name or another schema in one revision.
 *
 * @param from its name before
 * @param to its name afterwards
 */
record Rename(QualifiedName from, QualifiedName to) {
  /**
   * The renames among a revision's effects, which say only that one relation went and another came:
   * it is the same one if most of what was in it is in the other, under the same names and with the
   * same definitions. Names that PostgreSQL makes up from a table's stay with it when it is
   * renamed, so that a new table with the same columns brings other constraints.
   */
  static List<Rename> among(List<Effect> effects) {
    Map<QualifiedName, ObjectKind> gone = new LinkedHashMap<>();
    Map<QualifiedName, ObjectKind> made = new LinkedHashMap<>();
    for (Effect effect : effects) {
      ObjectName object = effect.object();
      if (object.kind().isRelation() && effect.before().isPresent() != effect.after().isPresent()) {
        (effect.after().isPresent() ? made : gone).put(relation(object), object.kind());
      }
    }
    if (gone.isEmpty() || made.isEmpty()) {
      return List.of();
    }
    Map<QualifiedName, Map<ObjectName, Definition>> before = new HashMap<>();
    Map<ObjectName, Definition> after = new HashMap<>();
    Set<QualifiedName> withOthers = new HashSet<>();
    for (Effect effect : effects) {
      effect.after().ifPresent(definition -> after.put(effect.object(), definition));
      if (effect.before().isEmpty() && effect.object().kind() != ObjectKind.COLUMN) {
        effect.relation().ifPresent(withOthers::add);
      }
      if (effect.before().isPresent() && effect.after().isEmpty()) {
        effect
            .relation()
            .map(relation -> before.computeIfAbsent(relation, r -> new HashMap<>()))
            .ifPresent(inside -> inside.put(effect.object(), effect.before().get()));
      }
    }
    var renames = new ArrayList<Rename>();
    made.forEach(
        (to, kind) ->
            gone.keySet().stream()
                .filter(from -> gone.get(from) == kind)
                .map(from -> new Rename(from, to))
                .filter(
                    rename ->
                        rename.carries(
                            before.getOrDefault(rename.from, Map.of()),
                            after,
                            withOthers.contains(to)))
                .findFirst()
                .ifPresent(
                    rename -> {
                      gone.remove(rename.from);
                      renames.add(rename);
                    }));
    return renames;
  }

  /**
   * @param before what was in the relation that went
   * @param after what is in the one that came
   * @param bringsOthers whether that holds anything new but columns
   */
  private boolean carries(
      Map<ObjectName, Definition> before, Map<ObjectName, Definition> after, boolean bringsOthers) {
    var columns = new Share();
    var others = new Share();
    before.forEach(
        (object, definition) -> {
          Definition now = after.get(renamed(object));
          (object.kind() == ObjectKind.COLUMN ? columns : others)
              .add(now != null && renamed(definition).matches(now));
        });
    if (others.carried == 0) {
      return columns.carried * 2 > columns.all && (others.all == 0 || !bringsOthers);
    }
    return columns.carried * 2 >= columns.all && others.carried * 2 >= others.all;
  }

  /** How many of how many are in the other relation too. */
  private static final class Share {
    private int all;
    private int carried;

    void add(boolean isCarried) {
      all++;
      carried += isCarried ? 1 : 0;
    }
  }

  private static QualifiedName relation(ObjectName object) {
    return new QualifiedName(object.parts().get(0), object.parts().get(1));
  }

  private ObjectName renamed(ObjectName object) {
    return in(to, object);
  }

  /** What an object inside the relation was called before. */
  ObjectName original(ObjectName object) {
    return in(from, object);
  }

  private static ObjectName in(QualifiedName relation, ObjectName object) {
    return object.kind() == ObjectKind.INDEX
        ? ObjectName.of(ObjectKind.INDEX, relation.schema(), object.simpleName())
        : ObjectName.inside(object.kind(), relation, object.simpleName());
  }

  /** A definition that names the relation, as it reads afterwards. */
  Definition renamed(Definition definition) {
    return switch (definition) {
      case Definition.Existence e -> e;
      case Definition.Canonical(var text, var body) ->
          new Definition.Canonical(
              renamed(text),
              body.map(old -> new Definition.Body(old.major(), renamed(old.text()))));
    };
  }

  private String renamed(String text) {
    String old = from.toString();
    return text.contains(old)
        ? Pattern.compile("(?<![\\w$.\"])" + Pattern.quote(old) + "(?![\\w$\"])")
            .matcher(text)
            .replaceAll(Matcher.quoteReplacement(to.toString()))
        : text;
  }
}
