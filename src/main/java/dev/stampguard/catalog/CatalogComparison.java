package dev.stampguard.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What tells two catalogs apart. A relation that is missing on one side is named alone: what lives
 * inside it is folded into it.
 *
 * @param onlyLeft objects the right side lacks, sorted
 * @param onlyRight objects the left side lacks, sorted
 * @param different objects both have, with definitions that differ, sorted
 * @param exact whether everything could be compared: false when one side knows names only, or when
 *     the sides' majors print a view or function body each in their own way
 */
public record CatalogComparison(
    List<ObjectName> onlyLeft,
    List<ObjectName> onlyRight,
    List<Difference> different,
    boolean exact) {
  public CatalogComparison {
    onlyLeft = List.copyOf(onlyLeft);
    onlyRight = List.copyOf(onlyRight);
    different = List.copyOf(different);
  }

  /**
   * One object with two definitions.
   *
   * @param object its name
   * @param left its full text on the left
   * @param right its full text on the right
   */
  public record Difference(ObjectName object, String left, String right) {
    public Difference {
      Objects.requireNonNull(object);
      Objects.requireNonNull(left);
      Objects.requireNonNull(right);
    }
  }

  /** Compares two catalogs. */
  public static CatalogComparison of(CatalogSnapshot left, CatalogSnapshot right) {
    var different = new ArrayList<Difference>();
    boolean exact = true;
    for (CatalogObject object : left.objects().values()) {
      CatalogObject other = right.objects().get(object.name());
      if (other == null) {
        continue;
      }
      Definition mine = object.definition();
      Definition theirs = other.definition();
      exact &= mine.isComparableTo(theirs);
      if (!mine.matches(theirs)) {
        different.add(new Difference(object.name(), mine.fullText(), theirs.fullText()));
      }
    }
    return new CatalogComparison(missing(left, right), missing(right, left), different, exact);
  }

  /** What {@code there} has and {@code here} lacks. */
  private static List<ObjectName> missing(CatalogSnapshot there, CatalogSnapshot here) {
    return there.objects().values().stream()
        .filter(object -> !here.contains(object.name()))
        .filter(object -> object.relation().map(here::containsRelation).orElse(true))
        .map(CatalogObject::name)
        .toList();
  }

  /** Whether nothing tells them apart. */
  public boolean equal() {
    return onlyLeft.isEmpty() && onlyRight.isEmpty() && different.isEmpty();
  }
}
