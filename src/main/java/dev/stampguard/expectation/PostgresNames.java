package dev.stampguard.expectation;

import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * The names PostgreSQL gives to constraints and indexes that are declared without one: {@code
 * makeObjectName}, {@code ChooseRelationName} and their kin in its {@code indexcmds.c}.
 */
final class PostgresNames {
  /** NAMEDATALEN - 1, in bytes. */
  private static final int LONGEST = 63;

  private PostgresNames() {}

  /** An identifier cut where PostgreSQL cuts it. */
  static String truncate(String identifier) {
    return cut(identifier, LONGEST);
  }

  /** The name of a constraint; a check has its one column in it, if it is one. */
  static String constraint(
      String table, ConstraintKind kind, List<String> columns, Predicate<String> taken) {
    String middle =
        switch (kind) {
          case PRIMARY_KEY -> "";
          case CHECK -> columns.size() == 1 ? columns.getFirst() : "";
          case UNIQUE, FOREIGN_KEY, EXCLUSION -> String.join("_", columns);
        };
    return free(table, middle, kind.suffix(), taken);
  }

  /** The name of an index. */
  static String index(String table, List<String> columns, Predicate<String> taken) {
    return free(table, String.join("_", columns), "idx", taken);
  }

  private static String free(String table, String middle, String suffix, Predicate<String> taken) {
    String name = join(table, middle, suffix);
    for (int i = 1; taken.test(name); i++) {
      name = join(table, middle, suffix + i);
    }
    return name;
  }

  /** Shortens the longer of the two until everything fits. */
  private static String join(String table, String middle, String suffix) {
    int room = LONGEST - suffix.length() - 1 - (middle.isEmpty() ? 0 : 1);
    int tableBytes = bytes(table);
    int middleBytes = Math.min(bytes(middle), LONGEST);
    while (tableBytes + middleBytes > room) {
      if (tableBytes > middleBytes) {
        tableBytes--;
      } else {
        middleBytes--;
      }
    }
    String first = cut(table, tableBytes);
    return middle.isEmpty()
        ? first + "_" + suffix
        : first + "_" + cut(middle, middleBytes) + "_" + suffix;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The longest beginning that takes at most this many bytes; never half a character. */
  private static String cut(String text, int most) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (used > most) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }
}
