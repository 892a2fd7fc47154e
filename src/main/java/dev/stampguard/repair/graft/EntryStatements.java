package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ForeignKey;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.repair.Hazard;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns what {@code pg_restore} writes for an entry into statements of a graft. */
final class EntryStatements {
  /** Take ACCESS EXCLUSIVE on the table they are about; see ALTER TABLE and its kin. */
  private static final List<String> EXCLUSIVE =
      List.of("CONSTRAINT", "CHECK CONSTRAINT", "DEFAULT", "POLICY", "ROW SECURITY", "RULE");

  /** The first major that can add a foreign key to a partitioned table before it looks at rows. */
  private static final int LATE_PARTITIONED_KEYS = 18;

  private final Choice choice;
  private final Traits wanted;
  private final Facts facts;
  private final List<GraftStatement> late = new ArrayList<>();

  EntryStatements(Choice choice, Traits wanted, Facts facts) {
    this.choice = choice;
    this.wanted = wanted;
    this.facts = facts;
  }

  /** What has to wait until everything else is there: looking at rows for foreign keys. */
  List<GraftStatement> late() {
    return late;
  }

  /**
   * The statements of one entry.
   *
   * @param item what the entry is about
   * @param sql the statements as {@code pg_restore} writes them
   */
  List<GraftStatement> of(TocEntry entry, CatalogItem item, List<String> sql) {
    ObjectName name = choice.nameFor(item);
    Set<Hazard> hazards = hazards(entry, item);
    var statements = new ArrayList<GraftStatement>();
    boolean isMaker = ChosenEntries.makes(entry, item);
    for (String text : sql) {
      boolean isFirst = statements.isEmpty();
      Optional<String> undo = isMaker && isFirst ? item.undo() : Optional.empty();
      boolean isKey = isFirst && entry.is("FK CONSTRAINT");
      statements.add(statement(name, isKey ? unproven(item, name, text) : text, undo, hazards));
    }
    if (isMaker) {
      item.fill()
          .ifPresent(fill -> statements.add(statement(name, fill, Optional.empty(), Set.of())));
    }
    return statements;
  }

  private static GraftStatement statement(
      ObjectName name, String sql, Optional<String> undo, Set<Hazard> hazards) {
    return new GraftStatement(name, sql, undo, hazards, Optional.empty(), Optional.empty(), false);
  }

  private Set<Hazard> hazards(TocEntry entry, CatalogItem item) {
    boolean isOnExisting = item.relation().isPresent() && !choice.makesRelationOf(item);
    return isOnExisting && facts.isFilled(item) && EXCLUSIVE.stream().anyMatch(entry::is)
        ? EnumSet.of(Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK)
        : Set.of();
  }

  /**
   * A foreign key on a table that was there is added without a look at the rows, so that those
   * which break it can be counted and named before PostgreSQL stumbles over the first.
   */
  private String unproven(CatalogItem item, ObjectName name, String sql) {
    Optional<String> validate = wanted.find(item.id(), TraitKind.VALIDATED).flatMap(Trait::make);
    Optional<ForeignKey> key = facts.foreignKey(name);
    boolean isPartitioned = !sql.toUpperCase(Locale.ROOT).startsWith("ALTER TABLE ONLY ");
    if (choice.makesRelationOf(item)
        || validate.isEmpty()
        || key.isEmpty()
        || (isPartitioned && facts.targetMajor() < LATE_PARTITIONED_KEYS)) {
      return sql;
    }
    late.add(
        new GraftStatement(
            name, validate.get(), Optional.empty(), Set.of(), Optional.empty(), key, false));
    return sql + " NOT VALID";
  }
}
