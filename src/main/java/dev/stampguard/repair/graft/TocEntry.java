package dev.stampguard.repair.graft;

import java.util.List;
import java.util.Objects;

/**
 * One line of an archive's table of contents.
 *
 * @param number its number in the archive
 * @param classId as in {@link CatalogId}; 0 for what has no place of its own in a catalog
 * @param objectId as in {@link CatalogId}
 * @param text what follows: the kind in capitals, the schema, the name and the owner
 * @param needs numbers of the entries it depends on, not all of which need be there
 */
record TocEntry(int number, long classId, long objectId, String text, List<Integer> needs) {
  TocEntry {
    Objects.requireNonNull(text);
    needs = List.copyOf(needs);
  }

  /** Whether it is of this kind; a schema's name may look like the rest of a longer kind. */
  boolean is(String kind) {
    return text.startsWith(kind + " ");
  }

  /** Whether it ties what two other entries make together, and makes nothing itself. */
  boolean isTie() {
    return classId == 0 && objectId == 0;
  }
}
