package dev.stampguard.expectation;

import dev.stampguard.catalog.CatalogSnapshot;
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
 * taken to be the one on its table that nobody else owns and whose name tells the same kind.
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
        expectation.source(), revisions, expectation.gaps(), expectation.possiblyTouched());
  }

  private static Set<ObjectName> owned(Expectation expectation) {
    var owned = new HashSet<ObjectName>();
    expectation
        .revisions()
        .values()
        .forEach(expected -> expected.effects().forEach(effect -> owned.add(effect.object())));
    return owned;
  }

  private static Effect renamed(Effect effect, Map<ObjectName, ObjectName> found) {
    ObjectName name = found.getOrDefault(effect.object(), effect.object());
    return new Effect(name, effect.relation(), effect.before(), effect.after());
  }

  private Map<ObjectName, ObjectName> find(Set<ObjectName> owned) {
    var found = new HashMap<ObjectName, ObjectName>();
    var taken = new HashSet<ObjectName>();
    for (ObjectName wanted : new TreeMap<>(chosen).keySet()) {
      if (owned.contains(wanted) && !catalog.contains(wanted)) {
        strangers(wanted, owned).stream()
            .filter(stranger -> !taken.contains(stranger) && tellsTheSame(wanted, stranger))
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
    var table = new QualifiedName(wanted.parts().get(0), wanted.parts().get(1));
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
