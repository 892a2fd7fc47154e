package dev.stampguard.report;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How two schemas differ.
 *
 * @param left the first one
 * @param right the second one
 * @param onlyLeft objects only the first one has, folded
 * @param onlyRight objects only the second one has, folded
 * @param different objects both have with definitions that do not match
 * @param rows row counts per table; empty when nobody asked for them
 */
public record ComparisonReport(
    Side left,
    Side right,
    List<ObjectName> onlyLeft,
    List<ObjectName> onlyRight,
    List<Difference> different,
    Optional<List<RowCount>> rows)
    implements Report {
  public ComparisonReport {
    Objects.requireNonNull(left);
    Objects.requireNonNull(right);
    onlyLeft = onlyLeft.stream().sorted().toList();
    onlyRight = onlyRight.stream().sorted().toList();
    different = different.stream().sorted().toList();
    rows = rows.map(counts -> counts.stream().sorted().toList());
  }

  /** Whether the schemas are the same; row counts do not matter. */
  public boolean equal() {
    return onlyLeft.isEmpty() && onlyRight.isEmpty() && different.isEmpty();
  }

  /**
   * One of the two.
   *
   * @param name how the user named it: a database, a lock file, {@code target}; never a URL with a
   *     password
   * @param tables how many tables it has, the ledger included
   */
  public record Side(String name, int tables) {
    public Side {
      Objects.requireNonNull(name);
    }
  }

  /** An object both sides have, and what each has it as. */
  public record Difference(ObjectName object, Definition left, Definition right)
      implements Comparable<Difference> {
    public Difference {
      Objects.requireNonNull(object);
      Objects.requireNonNull(left);
      Objects.requireNonNull(right);
    }

    @Override
    public int compareTo(Difference other) {
      return object.compareTo(other.object);
    }
  }

  /**
   * How many rows a table holds on each side.
   *
   * @param table the table
   * @param left empty when the first side has no such table
   * @param right empty when the second side has no such table
   */
  public record RowCount(QualifiedName table, OptionalLong left, OptionalLong right)
      implements Comparable<RowCount> {
    public RowCount {
      Objects.requireNonNull(table);
      Objects.requireNonNull(left);
      Objects.requireNonNull(right);
    }

    @Override
    public int compareTo(RowCount other) {
      return table.compareTo(other.table);
    }
  }
}
