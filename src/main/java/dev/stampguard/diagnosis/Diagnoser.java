package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.tool.ForeignRelations;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerMarks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The judgement itself: a pure function from facts to a diagnosis. */
public final class Diagnoser {
  private Diagnoser() {}

  /** Judges one database; equal facts give equal diagnoses. */
  public static Diagnosis diagnose(Facts all) {
    Facts facts = Outdated.leftOpen(withoutOthers(all));
    var history = new ObjectHistory(facts.graph(), facts.expectation());
    CatalogSnapshot catalog = judged(facts, history);
    Set<String> recorded = facts.ledger().recorded(facts.graph());
    var branches = new Branches(facts.graph(), history, recorded);
    List<Trace> traces =
        history.all().entrySet().stream()
            .map(entry -> Trace.of(entry.getKey(), entry.getValue(), catalog, branches))
            .toList();
    Optional<TrueState> trueState =
        new TrueStateSearch(facts.graph(), facts.expectation(), history, traces).search();
    var evidence =
        new EvidenceReader(
            facts.graph(), catalog, facts.expectation(), history, recorded, trueState);
    List<RevisionDiagnosis> revisions = Outdated.pending(facts, evidence.read(traces));
    List<ObjectName> extras = extras(facts, catalog, history);
    var acceptance = new Acceptance(facts.accepted());
    var rules =
        new FindingRules(
            new Situation(
                facts, catalog, history, byId(revisions), evidence.causes(), trueState, extras),
            acceptance);
    List<Finding> findings =
        rules.apply().stream().map(acceptance::apply).flatMap(Optional::stream).toList();
    Verdict verdict;
    if (rules.isUnanswered()) {
      verdict = Verdict.UNKNOWN;
    } else if (findings.stream().anyMatch(Finding::isContradiction)) {
      verdict = Verdict.INCONSISTENT;
    } else if (!facts.graph().problems().isEmpty()) {
      // What is not recorded cannot be told from what is extra, nor how far behind this is.
      verdict = Verdict.UNKNOWN;
    } else if (recorded.size() < revisions.size()) {
      verdict = Verdict.BEHIND;
    } else {
      verdict = Verdict.CONSISTENT;
    }
    var accepted = new HashSet<String>();
    acceptance.ignored().forEach(ignored -> accepted.add(ignored.object()));
    return new Diagnosis(
        verdict,
        facts.ledger(),
        facts.graph().heads(),
        facts.expectation().source(),
        facts.expectation().exact(),
        trueState,
        revisions,
        findings,
        extras.stream().filter(extra -> !accepted.contains(extra.toString())).toList(),
        acceptance.ignored(),
        acceptance.unused(code -> !code.equals(OrphanedLock.CODE)),
        all.catalog().tables());
  }

  /** What migrations from elsewhere made is not judged by the scripts that are here. */
  private static Facts withoutOthers(Facts facts) {
    ForeignRelations others =
        facts.ledger().marks().map(LedgerMarks::foreign).orElse(ForeignRelations.NONE);
    if (others.isEmpty()) {
      return facts;
    }
    CatalogSnapshot catalog =
        facts.catalog().withoutRelations(relation -> others.contains(relation.name()));
    return new Facts(
        facts.graph(),
        facts.ledger(),
        catalog,
        facts.expectation().without(others),
        facts.doubts(),
        facts.edits(),
        facts.accepted(),
        facts.beside());
  }

  private static Map<String, RevisionDiagnosis> byId(List<RevisionDiagnosis> revisions) {
    var byId = new LinkedHashMap<String, RevisionDiagnosis>();
    revisions.forEach(revision -> byId.put(revision.revision().id(), revision));
    return byId;
  }

  /**
   * The ledger is never an extra, never owned, and never evidence; no more is what other tools keep
   * for themselves, unless a revision makes it. That an index is invalid is a finding of its own,
   * and does not make it another index.
   */
  private static CatalogSnapshot judged(Facts facts, ObjectHistory history) {
    var nobodys = new HashSet<QualifiedName>(List.of(facts.ledger().table()));
    nobodys.addAll(facts.ledger().others());
    nobodys.addAll(facts.ledger().companions());
    toolTables(facts).stream()
        .filter(other -> !history.isMade(ObjectName.of(ObjectKind.TABLE, other)))
        .forEach(nobodys::add);
    CatalogSnapshot catalog = facts.catalog().withoutRelations(nobodys::contains);
    if (catalog.invalidIndexes().isEmpty()) {
      return catalog;
    }
    var objects = new TreeMap<>(catalog.objects());
    for (ObjectName index : catalog.invalidIndexes()) {
      objects.computeIfPresent(
          index, (name, object) -> new CatalogObject(name, object.relation(), Definition.EXISTS));
    }
    return new CatalogSnapshot(catalog.serverVersion(), objects, catalog.invalidIndexes());
  }

  private static Set<QualifiedName> toolTables(Facts facts) {
    var tables = new HashSet<QualifiedName>(facts.beside().ledgers());
    facts.ledger().beside().forEach(other -> tables.add(other.table()));
    return tables;
  }

  /** Objects that no revision creates; what lies inside an extra relation is folded into it. */
  private static List<ObjectName> extras(
      Facts facts, CatalogSnapshot catalog, ObjectHistory history) {
    var unowned = new ArrayList<CatalogObject>();
    var relations = new HashSet<QualifiedName>();
    for (CatalogObject object : catalog.objects().values()) {
      ObjectName name = object.name();
      if (!history.isOwned(name)) {
        unowned.add(object);
      }
      if (name.kind().isRelation() && !history.isMade(name)) {
        relations.add(new QualifiedName(name.parts().get(0), name.parts().get(1)));
      }
    }
    Beside.Owned others = facts.beside().owned();
    return unowned.stream()
        .filter(object -> !others.has(object))
        .filter(object -> object.relation().map(r -> !relations.contains(r)).orElse(true))
        .filter(object -> !mayBeUnread(object, facts.expectation(), history))
        .map(CatalogObject::name)
        .filter(name -> !isSchemaOfItsOwnRight(name, facts, history))
        .filter(name -> name.kind() != ObjectKind.SCHEMA || !others.hasWritesIn(name))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /**
   * Whether it lies inside a table whose script could not be read wholly: a partition, say, takes
   * its columns from elsewhere.
   */
  private static boolean mayBeUnread(
      CatalogObject object, Expectation expectation, ObjectHistory history) {
    return object.relation().stream()
        .flatMap(relation -> history.writesOf(ObjectName.of(ObjectKind.TABLE, relation)).stream())
        .anyMatch(write -> !expectation.revisions().get(write.revision()).exact());
  }

  /**
   * A ledger needs its configured schema before the first script runs, and scripts may take for
   * granted the one their names go to.
   */
  private static boolean isSchemaOfItsOwnRight(
      ObjectName name, Facts facts, ObjectHistory history) {
    Ledger ledger = facts.ledger();
    return name.kind() == ObjectKind.SCHEMA
        && (name.simpleName().equals("public")
            || history.hasWritesIn(name.simpleName())
            || toolTables(facts).stream()
                .anyMatch(table -> table.schema().equals(name.simpleName()))
            || (ledger.exists()
                && ledger.onSearchPath()
                && name.simpleName().equals(ledger.table().schema())));
  }
}
