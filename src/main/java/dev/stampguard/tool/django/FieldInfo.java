package dev.stampguard.tool.django;

import java.util.Optional;

/**
 * What a field of a model is in the database.
 *
 * @param kind what there is of it
 * @param column its column, where it has one
 * @param hasOwnColumn whether the column's name is written in the script, and no result of the
 *     field's
 * @param target the model that it points at, in small letters; empty for none
 * @param targetColumn the column it points at, where the script says so
 * @param isConstrained whether a foreign key is made
 * @param isUnique whether it is declared unique; a primary key is not
 * @param isIndexed whether an index of its own is asked for
 * @param isText whether its type is one that gets a second index, for {@code LIKE}
 * @param isChecked whether PostgreSQL checks its values
 * @param isKey whether it is the primary key
 * @param table of a field that has a table of its own, the table's name where the script says it
 */
record FieldInfo(
    Kind kind,
    String column,
    boolean hasOwnColumn,
    Optional<ModelKey> target,
    Optional<String> targetColumn,
    boolean isConstrained,
    boolean isUnique,
    boolean isIndexed,
    boolean isText,
    boolean isChecked,
    boolean isKey,
    Optional<String> table) {
  /** What there is of a field. */
  enum Kind {
    /** A column of the model's table. */
    COLUMN,
    /** A table that joins two models. */
    TABLE,
    /** Nothing: the joining table is a model's own. */
    NOTHING,
    /** A class that is not Django's own. */
    UNKNOWN
  }

  /**
   * A model.
   *
   * @param name in small letters
   */
  record ModelKey(String app, String name) {}

  /** A column that nothing else belongs to. */
  static FieldInfo plain(String column) {
    return new FieldInfo(
        Kind.COLUMN,
        column,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        false,
        false,
        false,
        Optional.empty());
  }

  FieldInfo renamed(String name) {
    return new FieldInfo(
        kind,
        hasOwnColumn || kind != Kind.COLUMN ? column : target.isPresent() ? name + "_id" : name,
        hasOwnColumn,
        target,
        targetColumn,
        isConstrained,
        isUnique,
        isIndexed,
        isText,
        isChecked,
        isKey,
        table);
  }

  FieldInfo pointingAt(ModelKey other) {
    return new FieldInfo(
        kind,
        column,
        hasOwnColumn,
        Optional.of(other),
        targetColumn,
        isConstrained,
        isUnique,
        isIndexed,
        isText,
        isChecked,
        isKey,
        table);
  }
}
