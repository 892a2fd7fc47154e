package dev.stampguard.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code pg_class} and what belongs to it, while {@link CatalogScans} reads.
 *
 * @param kind its {@code relkind}
 * @param isOwn whether it is an object, or one of an extension or of PostgreSQL itself
 * @param home its name, made once for all that is inside it
 * @param text what its row says of it in the words of a definition, as far as that goes
 * @param columns in their order
 */
record ScannedRelation(
    char kind,
    boolean isOwn,
    QualifiedName name,
    Optional<QualifiedName> home,
    Text text,
    List<Column> columns) {
  /**
   * Parts of a definition.
   *
   * @param isUnlogged whether it is not written ahead
   * @param security what row security is switched on; may be empty
   * @param replicaIdentity the letter of {@code relreplident}
   * @param isPartition whether it is one
   * @param bounds of a partition, else null
   * @param body of a view, or the key of a partitioned table, else null
   * @param options of a view, else null
   */
  record Text(
      boolean isUnlogged,
      String security,
      char replicaIdentity,
      boolean isPartition,
      String bounds,
      String body,
      String options) {}

  /**
   * A column.
   *
   * @param number its {@code attnum}
   * @param type as PostgreSQL prints it
   * @param typeOid of its type without modifier
   * @param identity PostgreSQL's letter for it, or empty
   * @param generated PostgreSQL's letter for it, or empty
   */
  record Column(
      int number,
      String name,
      String type,
      long typeOid,
      boolean isNotNull,
      String identity,
      String generated) {}

  ScannedRelation(char kind, boolean isOwn, QualifiedName name, Text text) {
    this(kind, isOwn, name, Optional.of(name), text, new ArrayList<>());
  }

  /** Whether its columns are objects. */
  boolean hasColumns() {
    return kind == 'r' || kind == 'p';
  }

  /** The column of this number; empty when it is not there. */
  Optional<Column> column(int number) {
    // Without dropped columns each stands at its number.
    if (number <= columns.size() && columns.get(number - 1).number() == number) {
      return Optional.of(columns.get(number - 1));
    }
    return columns.stream().filter(column -> column.number() == number).findFirst();
  }
}
