package dev.stampguard.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One object that a command touched, as an event trigger saw it.
 *
 * @param id counts up
 * @param tag the command, for example {@code ALTER TABLE}; {@code dropped} for an object that is
 *     gone, whatever the command was
 * @param kind PostgreSQL's word for the kind of object
 * @param oid the relation or function concerned; empty for other kinds
 * @param name the parts of a dropped object's name; empty for other events
 */
record TouchEvent(long id, String tag, String kind, Optional<Long> oid, List<String> name) {
  /**
   * Commands whose effects are confined to the objects they are reported for, what these own and
   * what inherits from them. Whatever renames something other than a relation is not among them:
   * others' definitions hold the name.
   */
  private static final Set<String> CONFINED =
      Set.of(
          "ALTER SEQUENCE",
          "ALTER TABLE",
          "COMMENT",
          "CREATE AGGREGATE",
          "CREATE DOMAIN",
          "CREATE EXTENSION",
          "CREATE FOREIGN TABLE",
          "CREATE FUNCTION",
          "CREATE INDEX",
          "CREATE MATERIALIZED VIEW",
          "CREATE POLICY",
          "CREATE PROCEDURE",
          "CREATE SCHEMA",
          "CREATE SEQUENCE",
          "CREATE TABLE",
          "CREATE TABLE AS",
          "CREATE TRIGGER",
          "CREATE TYPE",
          "CREATE VIEW",
          "GRANT",
          "REFRESH MATERIALIZED VIEW",
          "REVOKE",
          "SELECT INTO");

  /** What {@code ALTER TABLE} may report without having renamed a column or changed a view. */
  private static final Set<String> TABLE_PARTS =
      Set.of("table", "index", "sequence", "table constraint");

  TouchEvent {
    Objects.requireNonNull(tag);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(oid);
    name = List.copyOf(name);
  }

  boolean isDrop() {
    return tag.equals("dropped");
  }

  boolean isDropOf(String what) {
    return isDrop() && kind.equals(what);
  }

  boolean isConfined() {
    return isDrop()
        || (CONFINED.contains(tag) && (!tag.equals("ALTER TABLE") || TABLE_PARTS.contains(kind)));
  }
}
