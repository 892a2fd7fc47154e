package dev.stampguard.repair.graft;

/**
 * What PostgreSQL's catalog tells one thing of a database by.
 *
 * @param classId the oid of the system catalog it is in
 * @param objectId its own oid
 * @param part the number of a column; 0 for everything else
 */
public record CatalogId(long classId, long objectId, int part) {
  /** The table, view or type that a column is a part of; itself for everything else. */
  CatalogId whole() {
    return part == 0 ? this : new CatalogId(classId, objectId, 0);
  }
}
