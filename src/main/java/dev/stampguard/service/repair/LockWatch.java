package dev.stampguard.service.repair;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.repair.Hazard;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees what each step of a rehearsal does to tables that were there before: which ones nobody else
 * could read meanwhile, and which ones were written anew.
 */
final class LockWatch {
  private final StepTransaction transaction;
  private final Map<String, Relation> base = new HashMap<>();
  private final Set<QualifiedName> written = new HashSet<>();
  private Set<String> locked = new HashSet<>();

  /** The name a table had before the first step: it may be renamed. */
  private record Relation(QualifiedName name, String fileNode) {}

  private record Row(
      String oid, QualifiedName name, String fileNode, boolean locked, boolean written) {}

  private LockWatch(StepTransaction transaction) {
    this.transaction = transaction;
  }

  static LockWatch begin(StepTransaction transaction) {
    var watch = new LockWatch(transaction);
    for (Row row : watch.rows()) {
      watch.base.put(row.oid, new Relation(row.name, row.fileNode));
    }
    return watch;
  }

  /** The tables of before, by what happened to them since the last look. */
  Map<Hazard, Set<QualifiedName>> look() {
    var seen = new EnumMap<Hazard, Set<QualifiedName>>(Hazard.class);
    var now = new HashSet<String>();
    for (Row row : rows()) {
      Relation before = base.get(row.oid);
      if (before == null) {
        continue;
      }
      if (row.written) {
        written.add(before.name);
      }
      if (row.locked) {
        now.add(row.oid);
        if (!locked.contains(row.oid)) {
          add(seen, Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK, before.name);
        }
      }
      if (!row.fileNode.equals(before.fileNode)) {
        base.put(row.oid, new Relation(before.name, row.fileNode));
        add(seen, Hazard.REWRITES_TABLE, before.name);
      }
    }
    locked = now;
    return seen;
  }

  /** The tables of before that were written to, or changed in their form. */
  Set<QualifiedName> written() {
    return Set.copyOf(written);
  }

  private static void add(
      Map<Hazard, Set<QualifiedName>> seen, Hazard hazard, QualifiedName table) {
    seen.computeIfAbsent(hazard, h -> new HashSet<>()).add(table);
  }

  private List<Row> rows() {
    return transaction.query(SqlResource.read("repair-relations")).stream()
        .map(
            row ->
                new Row(
                    row.get(0),
                    new QualifiedName(row.get(1), row.get(2)),
                    row.get(3),
                    row.get(4).equals("true"),
                    row.get(5).equals("true")))
        .toList();
  }
}
