package dev.stampguard.scenarios.history;

import java.util.HashSet;
import java.util.Set;

/** One object of a history in the making, and which revisions have written it. */
final class Thing {
  /** What it is, as far as the generator has to know. */
  enum Kind {
    TABLE,
    COLUMN,
    CONSTRAINT,
    INDEX,
    TYPE,
    SEQUENCE,
    VIEW,
    FUNCTION,
    TRIGGER,
    POLICY
  }

  final Kind kind;

  /** The table it lives in; null for what stands alone. */
  final Thing table;

  String name;

  /** What PostgreSQL would not let go before this, or would change this along with. */
  final Set<Thing> uses = new HashSet<>();

  final Set<Integer> writers = new HashSet<>();

  /** Who wrote it or anything that lives in it or uses it, whether that is still there or not. */
  final Set<Integer> insideWriters = new HashSet<>();

  /** A column's type, a view's or function's variant. */
  String detail;

  Thing(Kind kind, Thing table, String name, String detail) {
    this.kind = kind;
    this.table = table;
    this.name = name;
    this.detail = detail;
    if (table != null) {
      uses.add(table);
    }
  }

  /** Where its name has to be unique: in its table, or in its schema. */
  String key() {
    return switch (kind) {
      case COLUMN, CONSTRAINT, TRIGGER, POLICY -> kind + " " + table.name + "." + name;
      case TABLE, INDEX, SEQUENCE, VIEW -> "RELATION " + name;
      case TYPE, FUNCTION -> kind + " " + name;
    };
  }
}
