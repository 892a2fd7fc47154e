package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.repair.Hazard;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the changes of an existing object into statements of a graft. */
final class AlterationStatements {
  private static final Set<TraitKind> STARTS_COUNTING =
      EnumSet.of(TraitKind.SEQUENCE, TraitKind.IDENTITY, TraitKind.DEFAULT);

  private final Choice choice;
  private final Inventory source;
  private final Traits wanted;
  private final Facts facts;

  AlterationStatements(Choice choice, Inventory source, Traits wanted, Facts facts) {
    this.choice = choice;
    this.source = source;
    this.wanted = wanted;
    this.facts = facts;
  }

  /** The statements for these changes of one object of the source. */
  List<GraftStatement> of(CatalogItem item, List<Alteration.Change> changes) {
    ObjectName name = item.name().orElseThrow();
    var statements = new ArrayList<GraftStatement>();
    for (Alteration.Change change : changes) {
      statements.add(
          new GraftStatement(
              name,
              change.sql(),
              change.inverse(),
              hazards(item, change),
              Optional.empty(),
              change.kind() == TraitKind.VALIDATED ? facts.foreignKey(name) : Optional.empty(),
              false));
      boolean isNewSequence =
          change.kind() == TraitKind.SEQUENCE
              && change.trait().make().filter(change.sql()::equals).isPresent();
      if (isNewSequence) {
        owner(change.trait()).ifPresent(sql -> statements.add(plain(name, sql)));
      }
    }
    if (startsCounting(item, changes)) {
      wanted.of(item.id(), TraitKind.POSITION).stream()
          .flatMap(trait -> trait.make().stream())
          .forEach(sql -> statements.add(plain(name, sql)));
    }
    return statements;
  }

  private Optional<String> owner(Trait sequence) {
    return wanted.of(sequence.id(), TraitKind.SEQUENCE_OWNER).stream()
        .filter(trait -> trait.detail().equals(sequence.detail()))
        .findFirst()
        .flatMap(Trait::make);
  }

  /** Whether rows are there that the column's new sequence knows nothing of. */
  private boolean startsCounting(CatalogItem item, List<Alteration.Change> changes) {
    boolean hasNewSequence =
        changes.stream()
            .filter(change -> STARTS_COUNTING.contains(change.kind()))
            .anyMatch(
                change ->
                    change.kind() != TraitKind.DEFAULT
                        ? change.trait().make().filter(change.sql()::equals).isPresent()
                        : usesMadeSequence(item));
    return facts.isFilled(item) && hasNewSequence;
  }

  private boolean usesMadeSequence(CatalogItem item) {
    return source.needs(item).stream()
        .filter(need -> need.name().filter(n -> n.kind() == ObjectKind.SEQUENCE).isPresent())
        .anyMatch(choice::makes);
  }

  private static GraftStatement plain(ObjectName name, String sql) {
    return new GraftStatement(
        name, sql, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), false);
  }

  private Set<Hazard> hazards(CatalogItem item, Alteration.Change change) {
    var hazards = EnumSet.noneOf(Hazard.class);
    boolean looksOnly = change.kind() == TraitKind.VALIDATED || change.kind() == TraitKind.STATE;
    if (facts.isFilled(item) && !looksOnly) {
      hazards.add(Hazard.TAKES_ACCESS_EXCLUSIVE_LOCK);
    }
    if (facts.isFilled(item) && change.rewrites()) {
      hazards.add(Hazard.REWRITES_TABLE);
    }
    if (change.kind() == TraitKind.FUNCTION) {
      hazards.add(Hazard.REPLACES_FUNCTION_BODY);
    }
    return hazards;
  }
}
