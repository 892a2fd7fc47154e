package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The entries of an archive that make what a graft makes, and what each of them is about. */
final class ChosenEntries {
  /** The oid of pg_class, the same in every release. */
  private static final long PG_CLASS = 1259;

  private final Choice choice;
  private final Inventory source;
  private final TableOfContents contents;
  private final Map<TocEntry, CatalogItem> chosen = new LinkedHashMap<>();

  ChosenEntries(Choice choice, Inventory source, TableOfContents contents) {
    this.choice = choice;
    this.source = source;
    this.contents = contents;
    for (TocEntry entry : contents.entries()) {
      about(entry).filter(item -> isWanted(entry, item)).ifPresent(i -> chosen.put(entry, i));
    }
  }

  /** Each chosen entry with the item it is about, in the archive's order. */
  Map<TocEntry, CatalogItem> all() {
    return chosen;
  }

  Set<Integer> numbers() {
    return chosen.keySet().stream().map(TocEntry::number).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether an entry makes this very item. */
  boolean has(CatalogItem item) {
    return chosen.entrySet().stream()
        .anyMatch(e -> e.getValue().equals(item) && makes(e.getKey(), item));
  }

  /** Whether an entry makes the item itself, and not something about it. */
  static boolean makes(TocEntry entry, CatalogItem item) {
    return entry.classId() == item.id().classId()
        && entry.objectId() == item.id().objectId()
        && item.id().part() == 0;
  }

  /** The place in the archive of the entry that makes an item; of things in it, of the table. */
  Optional<Integer> place(CatalogItem item) {
    return contents.entries().stream()
        .filter(
            entry ->
                entry.classId() == item.id().classId() && entry.objectId() == item.id().objectId())
        .findFirst()
        .map(contents::place);
  }

  /**
   * What an entry is about: a default is about its table's column, an index that is attached about
   * the partition's.
   */
  private Optional<CatalogItem> about(TocEntry entry) {
    if (!entry.isTie()) {
      long classId = entry.classId() == 0 ? PG_CLASS : entry.classId();
      return source.home(new CatalogId(classId, entry.objectId(), 0));
    }
    if (entry.is("SEQUENCE OWNED BY")) {
      return tied(entry).stream().findFirst();
    }
    if (entry.is("TABLE ATTACH") || entry.is("INDEX ATTACH")) {
      List<CatalogItem> ends = tied(entry);
      return ends.stream()
          .filter(end -> source.needs(end).stream().anyMatch(ends::contains))
          .findFirst();
    }
    return Optional.empty();
  }

  /** What a tie holds together: relations, or indexes and the constraints they are behind. */
  private List<CatalogItem> tied(TocEntry entry) {
    boolean indexes = entry.is("INDEX ATTACH");
    return entry.needs().stream()
        .flatMap(number -> contents.find(number).stream())
        .flatMap(other -> source.home(new CatalogId(other.classId(), other.objectId(), 0)).stream())
        .filter(
            item ->
                !indexes
                    || item.name()
                        .filter(
                            name ->
                                name.kind() == ObjectKind.INDEX
                                    || name.kind() == ObjectKind.CONSTRAINT)
                        .isPresent())
        .distinct()
        .toList();
  }

  private boolean isWanted(TocEntry entry, CatalogItem item) {
    if (entry.is("INDEX ATTACH")) {
      return tied(entry).stream().anyMatch(choice::makes);
    }
    boolean isColumnOfExisting =
        item.name().filter(name -> name.kind() == ObjectKind.COLUMN).isPresent()
            && !choice.makesRelationOf(item);
    return choice.makes(item) && !isColumnOfExisting;
  }
}
