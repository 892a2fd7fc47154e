package dev.stampguard.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what tells two states of the same objects apart, to the letter. */
final class Changes {
  private Changes() {}

  static List<CatalogChange> between(
      Map<ObjectName, CatalogObject> before, Map<ObjectName, CatalogObject> after) {
    var names = new HashSet<>(before.keySet());
    names.addAll(after.keySet());
    var changes = new ArrayList<CatalogChange>();
    for (ObjectName name : names) {
      CatalogObject old = before.get(name);
      CatalogObject current = after.get(name);
      if (old == null || !old.equals(current)) {
        changes.add(
            new CatalogChange(
                name,
                (current == null ? old : current).relation(),
                Optional.ofNullable(old).map(CatalogObject::definition),
                Optional.ofNullable(current).map(CatalogObject::definition)));
      }
    }
    changes.sort(Comparator.comparing(CatalogChange::object));
    return changes;
  }
}
