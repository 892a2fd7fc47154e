package dev.stampguard.tool.flyway;

import java.util.List;
import java.util.Optional;

/**
 * One row of a schema history, its columns as text.
 *
 * @param columns in the order of the table; {@code null} for NULL
 */
record HistoryRow(List<String> columns) {
  private static final String BASELINE = "BASELINE";

  String rank() {
    return columns.get(0);
  }

  Optional<FlywayVersion> version() {
    return Optional.ofNullable(columns.get(1)).flatMap(FlywayVersion::of);
  }

  String description() {
    return columns.get(2);
  }

  private String type() {
    return columns.get(3);
  }

  String script() {
    return columns.get(4);
  }

  Optional<Integer> checksum() {
    return Optional.ofNullable(columns.get(5)).map(Integer::valueOf);
  }

  boolean isSuccess() {
    return Boolean.parseBoolean(columns.get(9));
  }

  /** Whether what ran is a class, whose whole name {@link #script()} is. */
  boolean isClass() {
    return type().equals("JDBC") || type().equals("SPRING_JDBC");
  }

  /** Whether it is about Flyway's own doings and no migration. */
  boolean isTechnical() {
    return type().equals("SCHEMA") || type().equals("TABLE");
  }

  /** Whether it takes back what a row before it says. */
  boolean isRevocation() {
    return type().equals("DELETE") || type().startsWith("UNDO");
  }

  /** Whether everything up to its version counts as applied. */
  boolean isBaseline() {
    return type().equals(BASELINE) || type().endsWith("_" + BASELINE);
  }

  /** Whether no script of its own was run for it. */
  boolean isMark() {
    return type().equals(BASELINE);
  }
}
