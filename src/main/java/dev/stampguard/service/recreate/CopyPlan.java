package dev.stampguard.service.recreate;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.service.recreate.CopyTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which rows go from one database into another, column by column.
 *
 * @param copies tables that hold rows and are in both
 * @param obstacles one sentence each about rows that cannot be copied; none when all can
 * @param remarks one sentence each about what stays behind or gives way
 */
record CopyPlan(List<Copy> copies, List<String> obstacles, List<String> remarks) {
  CopyPlan {
    copies = List.copyOf(copies);
    obstacles = List.copyOf(obstacles);
    remarks = List.copyOf(remarks);
  }

  /**
   * One table's rows.
   *
   * @param from the table they are in
   * @param to the table they go to
   * @param columns names of the columns they have there, in the order of {@code from}
   */
  record Copy(CopyTable from, CopyTable to, List<String> columns) {
    Copy {
      Objects.requireNonNull(from);
      Objects.requireNonNull(to);
      columns = List.copyOf(columns);
    }
  }

  /**
   * One database's tables.
   *
   * @param tables by name
   * @param rows how many rows each has
   */
  record Side(Map<QualifiedName, CopyTable> tables, Map<QualifiedName, Long> rows) {
    Side {
      tables = Map.copyOf(tables);
      rows = Map.copyOf(rows);
    }

    private long rows(QualifiedName table) {
      return rows.getOrDefault(table, 0L);
    }
  }

  /**
   * Plans; a table without rows in the old database keeps what the scripts put into the new one.
   */
  static CopyPlan of(Side from, Side to) {
    var copies = new ArrayList<Copy>();
    var obstacles = new ArrayList<String>();
    var remarks = new ArrayList<String>();
    var stay = new ArrayList<QualifiedName>();
    for (QualifiedName name : new TreeSet<>(from.tables().keySet())) {
      if (!to.tables().containsKey(name)) {
        stay.add(name);
      } else if (from.rows(name) > 0) {
        Copy copy = copy(from.tables().get(name), to.tables().get(name));
        copies.add(copy);
        obstacles.addAll(obstacles(copy, from.rows(name)));
        remarks.addAll(remarks(copy, to.rows(name)));
      }
    }
    if (!stay.isEmpty()) {
      remarks.add(
          "%s stay%s in the old database: no script makes %s"
              .formatted(
                  Words.all(stay),
                  stay.size() == 1 ? "s" : "",
                  stay.size() == 1 ? "that table" : "those tables"));
    }
    return new CopyPlan(copies, obstacles, remarks);
  }

  private static Copy copy(CopyTable from, CopyTable to) {
    return new Copy(
        from,
        to,
        from.columns().stream()
            .map(Column::name)
            .filter(name -> to.column(name).filter(column -> !column.generated()).isPresent())
            .toList());
  }

  private static List<String> obstacles(Copy copy, long rows) {
    var obstacles = new ArrayList<String>();
    for (Column column : copy.to().columns()) {
      boolean isCopied = copy.columns().contains(column.name());
      if (!isCopied && column.required() && !column.filled() && !column.generated()) {
        obstacles.add(
            "`%s` must have a value and has no default, and the old table's %s %s none"
                .formatted(name(copy.to(), column), count(rows), rows == 1 ? "has" : "have"));
      }
      if (isCopied) {
        String old = copy.from().column(column.name()).orElseThrow().type();
        if (!Widening.isLossless(old, column.type())) {
          obstacles.add(
              "`%s` is `%s` in the old database and `%s` in the new one"
                  .formatted(name(copy.to(), column), old, column.type()));
        }
      }
    }
    return obstacles;
  }

  private static List<String> remarks(Copy copy, long seeds) {
    var remarks = new ArrayList<String>();
    List<ObjectName> stay =
        copy.from().columns().stream()
            .filter(column -> copy.to().column(column.name()).isEmpty())
            .map(column -> name(copy.from(), column))
            .toList();
    if (!stay.isEmpty()) {
      remarks.add(
          "values of %s stay in the old database: the scripts make no such column"
              .formatted(Words.all(stay)));
    }
    if (seeds > 0) {
      remarks.add(
          "%s that the scripts put into `%s` gave way to the old ones"
              .formatted(count(seeds), copy.to().name()));
    }
    return remarks;
  }

  private static String count(long rows) {
    return Words.count((int) Math.min(rows, Integer.MAX_VALUE), "row");
  }

  private static ObjectName name(CopyTable table, Column column) {
    return ObjectName.of(
        ObjectKind.COLUMN, table.name().schema(), table.name().name(), column.name());
  }

  /** The names of the tables that rows go to. */
  Set<QualifiedName> targets() {
    return copies.stream().map(copy -> copy.to().name()).collect(Collectors.toUnmodifiableSet());
  }
}
