package dev.stampguard.catalog;

import dev.stampguard.catalog.ScannedRelation.Column;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The definitions of keys and of plain indexes, which name columns and nothing else. */
final class ScannedKeys {
  /** Oids of types and of the operator classes that btree indexes on them have by default. */
  private static final Map<Long, Long> OPERATOR_CLASSES =
      Map.of(
          23L, 1978L, // integer
          21L, 1979L, // smallint
          1082L, 3122L, // date
          701L, 3123L, // double precision
          20L, 3124L, // bigint
          1700L, 3125L, // numeric
          25L, 3126L, // text
          1043L, 3126L, // character varying
          1184L, 3127L, // timestamp with time zone
          1114L, 3128L); // timestamp

  private final ScannedNames names;
  private final Set<QualifiedName> including = new HashSet<>();

  ScannedKeys(ScannedNames names) {
    this.names = names;
  }

  /** Notes an index that holds columns beside those it sorts by. */
  void addIncluding(QualifiedName index) {
    including.add(index);
  }

  /**
   * @param numbers of its columns, with spaces between them
   * @param index behind it; null when it went away
   */
  String primaryKey(ScannedRelation relation, String numbers, ScannedRelation index) {
    names.giveUpIf(index == null || including.contains(index.name()));
    return "PRIMARY KEY (" + columns(relation, numbers) + ")";
  }

  /**
   * @param numbers of its columns, with spaces between them
   * @param other what it refers to
   * @param otherNumbers of the columns it refers to
   * @param onDelete the letter of {@code confdeltype}
   */
  String foreignKey(
      ScannedRelation relation,
      String numbers,
      ScannedRelation other,
      String otherNumbers,
      char onDelete) {
    names.giveUpIf(other == null);
    if (other == null) {
      return "";
    }
    return "FOREIGN KEY ("
        + columns(relation, numbers)
        + ") REFERENCES "
        + names.quote(other.name())
        + "("
        + columns(other, otherNumbers)
        + ")"
        + switch (onDelete) {
          case 'r' -> " ON DELETE RESTRICT";
          case 'c' -> " ON DELETE CASCADE";
          case 'n' -> " ON DELETE SET NULL";
          case 'd' -> " ON DELETE SET DEFAULT";
          default -> "";
        };
  }

  /**
   * @param numbers of its columns, with spaces between them
   * @param classes oids of their operator classes, likewise
   */
  String index(
      ScannedRelation relation,
      ScannedRelation index,
      boolean isUnique,
      String numbers,
      String classes) {
    requireOwnClasses(relation, numbers.split(" "), classes.split(" "));
    return (isUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
        + names.quote(index.name().name())
        + " ON "
        + names.quote(relation.name())
        + " USING btree ("
        + columns(relation, numbers)
        + ")";
  }

  /** An operator class goes without saying only where it is the default of the very type. */
  private void requireOwnClasses(ScannedRelation relation, String[] numbers, String[] classes) {
    for (int i = 0; i < numbers.length; i++) {
      Optional<Long> type = relation.column(Integer.parseInt(numbers[i])).map(Column::typeOid);
      names.giveUpIf(
          !type.map(OPERATOR_CLASSES::get).equals(Optional.of(Long.valueOf(classes[i]))));
    }
  }

  private String columns(ScannedRelation relation, String numbers) {
    var columns = new StringBuilder();
    for (String number : numbers.split(" ")) {
      Optional<Column> column = relation.column(Integer.parseInt(number));
      names.giveUpIf(column.isEmpty());
      columns.append(columns.isEmpty() ? "" : ", ");
      column.ifPresent(known -> columns.append(names.quote(known.name())));
    }
    return columns.toString();
  }
}
