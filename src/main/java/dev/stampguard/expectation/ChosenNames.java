package dev.stampguard.expectation;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.Definition.Canonical;
import dev.stampguard.catalog.Definition.Existence;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the constraints that a naming convention of the project's metadata has named. The
 * convention lives in models that are not run, so a constraint whose name the scripts leave open is
 * taken to be the one on its table that nobody else owns and that has the same definition or, where
 * definitions are not known, whose name tells the same kind.
 */
final class ChosenNames {
  private final CatalogSnapshot catalog;
  private final Map<ObjectName, ConstraintKind> chosen;

  /**
   * @param catalog what is there
   * @param chosen constraints with the names PostgreSQL would give them, and their kinds
   */
  ChosenNames(CatalogSnapshot catalog, Map<ObjectName, ConstraintKind> chosen) {
    this.catalog = catalog;
    this.chosen = chosen;
  }

  /** Whether no constraint is missing on a table that is there: then no name can be another. */
  static boolean isEveryConstraintThere(Expectation expectation, CatalogSnapshot catalog) {
    // Whether some revision leaves it is all that counts, so nothing has to be collected.
    for (RevisionExpectation expected : expectation.revisions().values()) {
      for (Effect effect : expected.effects()) {
        if (effect.after().isPresent() && isMissing(effect.object(), catalog)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isMissing(ObjectName name, CatalogSnapshot catalog) {
    return name.kind() == ObjectKind.CONSTRAINT
        && !catalog.contains(name)
        && catalog.containsRelation(table(name));
  }

  Expectation applyTo(Expectation expectation) {
    Map<ObjectName, ObjectName> found = find(owned(expectation));
    if (found.isEmpty()) {
      return expectation;
    }
    var revisions = new LinkedHashMap<String, RevisionExpectation>();
    expectation
        .revisions()
        .forEach(
            (id, expected) ->
                revisions.put(
                    id,
                    new RevisionExpectation(
                        id,
                        expected.effects().stream().map(effect -> renamed(effect, found)).toList(),
                        expected.exact(),
                        expected.unread())));
    return new Expectation(
        expectation.source(),
        revisions,
        expectation.gaps(),
        expectation.possiblyTouched(),
        expectation.failures(),
        expectation.opaque());
  }

  /** Every object that some revision writes, and how the last one that keeps it leaves it. */
  private static Map<ObjectName, Optional<Definition>> owned(Expectation expectation) {
    var owned = new HashMap<ObjectName, Optional<Definition>>();
    for (RevisionExpectation expected : expectation.revisions().values()) {
      for (Effect effect : expected.effects()) {
        owned.merge(effect.object(), effect.after(), (old, made) -> made.or(() -> old));
      }
    }
    return owned;
  }

  private static Effect renamed(Effect effect, Map<ObjectName, ObjectName> found) {
    ObjectName name = found.getOrDefault(effect.object(), effect.object());
    return new Effect(name, effect.relation(), effect.before(), effect.after());
  }

  private Map<ObjectName, ObjectName> find(Map<ObjectName, Optional<Definition>> owned) {
    var found = new HashMap<ObjectName, ObjectName>();
    var taken = new HashSet<ObjectName>();
    for (ObjectName wanted : new TreeMap<>(chosen).keySet()) {
      Optional<Definition> made = owned.getOrDefault(wanted, Optional.empty());
      if (made.isPresent() && !catalog.contains(wanted)) {
        strangers(wanted, owned.keySet()).stream()
            .filter(
                stranger -> !taken.contains(stranger) && isTheSame(wanted, made.get(), stranger))
            .findFirst()
            .ifPresent(
                stranger -> {
                  taken.add(stranger);
                  found.put(wanted, stranger);
                });
      }
    }
    return found;
  }

  /** Constraints of the same table that no revision owns; those that name the same column first. */
  private List<ObjectName> strangers(ObjectName wanted, Set<ObjectName> owned) {
    QualifiedName table = table(wanted);
    String columns = columns(wanted);
    return catalog.objects().values().stream()
        .filter(object -> object.name().kind() == ObjectKind.CONSTRAINT)
        .filter(object -> object.relation().equals(Optional.of(table)))
        .map(object -> object.name())
        .filter(name -> !owned.contains(name))
        .sorted(Comparator.comparing((ObjectName name) -> !name.simpleName().contains(columns)))
        .toList();
  }

  /** What stands between the table and the kind in a name that PostgreSQL chooses. */
  private String columns(ObjectName wanted) {
    String name = wanted.simpleName();
    String table = wanted.parts().get(1);
    String rest = name.startsWith(table + "_") ? name.substring(table.length() + 1) : name;
    int end = rest.lastIndexOf('_');
    return end < 0 ? "" : rest.substring(0, end);
  }

  private static QualifiedName table(ObjectName constraint) {
    return new QualifiedName(constraint.parts().get(0), constraint.parts().get(1));
  }

  private boolean isTheSame(ObjectName wanted, Definition made, ObjectName stranger) {
    return switch (made) {
      case Canonical c -> made.matches(catalog.find(stranger).orElseThrow());
      case Existence e -> tellsTheSame(wanted, stranger);
    };
  }

  private boolean tellsTheSame(ObjectName wanted, ObjectName stranger) {
    String name = stranger.simpleName().toLowerCase(Locale.ROOT);
    return switch (chosen.get(wanted)) {
      case PRIMARY_KEY -> name.contains("pk") || name.contains("primary");
      case UNIQUE ->
          (name.contains("uq")
                  || name.contains("uc")
                  || name.contains("uniq")
                  || name.contains("key"))
              && name.contains(columns(wanted).toLowerCase(Locale.ROOT));
      case FOREIGN_KEY ->
          name.contains("fk") && name.contains(columns(wanted).toLowerCase(Locale.ROOT));
      case CHECK ->
          name.endsWith("_" + wanted.simpleName().toLowerCase(Locale.ROOT))
              || (name.contains("ck") && name.contains(columns(wanted).toLowerCase(Locale.ROOT)));
      case EXCLUSION -> name.contains("ex");
    };
  }
}
