package dev.stampguard.tool.liquibase;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerRow;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.ledger.Said;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rows of {@code databasechangelog} mean. A checksum that is not there Liquibase fills in when
 * it runs next; so that is what is written where ours is not certain to be its own.
 */
final class ChangelogEntries implements LedgerEntries {
  private static final String CREATE =
      """
      CREATE TABLE %1$s (
          id varchar(255) NOT NULL,
          author varchar(255) NOT NULL,
          filename varchar(255) NOT NULL,
          dateexecuted timestamp without time zone NOT NULL,
          orderexecuted integer NOT NULL,
          exectype varchar(10) NOT NULL,
          md5sum varchar(35),
          description varchar(255),
          comments varchar(255),
          tag varchar(255),
          liquibase varchar(20),
          contexts varchar(255),
          labels varchar(255),
          deployment_id varchar(10)
      )""";

  private final Map<String, ChangeSet> sets;

  ChangelogEntries(Map<String, ChangeSet> sets) {
    this.sets = sets;
  }

  /**
   * The table.
   *
   * @param lockTable the name of the one that holds Liquibase's lock
   */
  static LedgerShape shape(String lockTable) {
    return new LedgerShape(
        List.of(
            "id",
            "author",
            "filename",
            "dateexecuted",
            "orderexecuted",
            "exectype",
            "md5sum",
            "description",
            "comments",
            "tag",
            "liquibase",
            "contexts",
            "labels",
            "deployment_id"),
        "orderexecuted",
        "orderexecuted",
        "orderexecuted",
        Optional.empty(),
        CREATE::formatted,
        List.of(lockTable));
  }

  @Override
  public List<String> order() {
    return List.copyOf(sets.keySet());
  }

  @Override
  public Said said(LedgerRow row) {
    String id =
        ChangeSet.revision(
            ChangelogReader.normal(row.text("filename")), row.text("id"), row.text("author"));
    return new Said(
        id,
        switch (row.text("exectype")) {
          case "FAILED" -> Said.Kind.FAILED;
          case "SKIPPED" -> Said.Kind.NOTHING;
          default -> isOther(sets.get(id), row) ? Said.Kind.EDITED : Said.Kind.APPLIED;
        });
  }

  /** Checksums of older versions and of what is no SQL are not compared. */
  private static boolean isOther(ChangeSet set, LedgerRow row) {
    return set != null
        && !set.isRerun()
        && !set.hasAnyChecksum()
        && !row.isNull("md5sum")
        && row.text("md5sum").startsWith(Checksum.VERSION)
        && Checksum.of(set).filter(own -> !own.equals(row.text("md5sum"))).isPresent();
  }

  @Override
  public Map<String, String> values(QualifiedName table, String revision) {
    ChangeSet set = sets.get(revision);
    var values = new LinkedHashMap<String, String>();
    values.put("id", LedgerEntries.literal(set.id()));
    values.put("author", LedgerEntries.literal(set.author()));
    values.put("filename", LedgerEntries.literal(set.filename()));
    values.put("dateexecuted", "localtimestamp");
    values.put(
        "orderexecuted", "(SELECT coalesce(max(orderexecuted), 0) + 1 FROM %s)".formatted(table));
    values.put("exectype", "'EXECUTED'");
    Checksum.of(set).ifPresent(sum -> values.put("md5sum", LedgerEntries.literal(sum)));
    values.put("description", LedgerEntries.literal(""));
    values.put("comments", LedgerEntries.literal(shortened(set.comment())));
    set.tag().ifPresent(tag -> values.put("tag", LedgerEntries.literal(tag)));
    return values;
  }

  private static String shortened(String comment) {
    return comment.length() > 250 ? comment.substring(0, 250) : comment;
  }

  @Override
  public Map<String, String> corrected(String revision) {
    return Map.of(
        "md5sum", Checksum.of(sets.get(revision)).map(LedgerEntries::literal).orElse("NULL"));
  }

  /** What preconditions kept from running is recorded as {@code MARK_RAN}. */
  @Override
  public Set<String> passed(List<LedgerRow> rows) {
    var passed = new HashSet<String>();
    sets.values().stream()
        .filter(ChangeSet::isConditional)
        .map(ChangeSet::revision)
        .forEach(passed::add);
    for (LedgerRow row : rows) {
      String id = said(row).revision();
      switch (row.text("exectype")) {
        case "EXECUTED", "RERAN" -> passed.remove(id);
        case "MARK_RAN" -> passed.add(id);
        default -> {
          // It did not run.
        }
      }
    }
    return passed;
  }

  /** A failed try leaves a row of its own. */
  @Override
  public String prepare(QualifiedName table, String revision) {
    ChangeSet set = sets.get(revision);
    return "DELETE FROM %s WHERE id = %s AND author = %s AND exectype = 'FAILED'"
        .formatted(table, LedgerEntries.literal(set.id()), LedgerEntries.literal(set.author()));
  }

  /** Liquibase runs whatever is not recorded, wherever it stands. */
  @Override
  public boolean isLateRefused() {
    return false;
  }
}
