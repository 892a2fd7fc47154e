package dev.stampguard.diagnosis;

import static dev.stampguard.diagnosis.Words.count;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A group of the catalogue's rules, and what all groups work with. */
abstract sealed class Rules
    permits SchemaRules, LedgerRules, HistoryRules, ScriptRules, ChainRules {
  /** The next command, and the one after it. */
  static final String REPAIR = Finding.REPAIR;

  final Facts facts;
  final CatalogSnapshot catalog;
  final ObjectHistory history;
  final Map<String, RevisionDiagnosis> revisions;
  final Map<String, String> causes;
  final Optional<TrueState> trueState;
  private final List<Finding> findings = new ArrayList<>();

  Rules(Situation situation) {
    this.facts = situation.facts();
    this.catalog = situation.catalog();
    this.history = situation.history();
    this.revisions = situation.revisions();
    this.causes = situation.causes();
    this.trueState = situation.trueState();
  }

  /** What the rules of this group have to say. */
  final List<Finding> findings() {
    apply();
    return findings;
  }

  /** Applies each rule once. */
  abstract void apply();

  final void add(
      FindingCode code,
      String detail,
      Collection<ObjectName> objects,
      List<String> ids,
      String hint) {
    add(code, code.severity(), detail, objects, ids, hint);
  }

  final void add(
      FindingCode code,
      Severity severity,
      String detail,
      Collection<ObjectName> objects,
      List<String> ids,
      String hint) {
    add(code, severity, code.title(), detail, objects, ids, hint);
  }

  /**
   * @param title what is wrong, where the code's own title says something else
   */
  final void add(
      FindingCode code,
      Severity severity,
      String title,
      String detail,
      Collection<ObjectName> objects,
      List<String> ids,
      String hint) {
    add(new Finding(code, severity, title, detail, List.copyOf(objects), ids, hint));
  }

  final void add(Finding finding) {
    findings.add(finding);
  }

  final Map<String, RevisionDiagnosis> inState(RevisionState first, RevisionState... more) {
    var states = EnumSet.of(first, more);
    var members = new LinkedHashMap<String, RevisionDiagnosis>();
    revisions.forEach(
        (id, revision) -> {
          if (states.contains(revision.state())) {
            members.put(id, revision);
          }
        });
    return members;
  }

  final List<List<String>> groups(Map<String, RevisionDiagnosis> members) {
    return groups(members, inState(RevisionState.ASSUMED).keySet());
  }

  final List<List<String>> groups(Map<String, RevisionDiagnosis> members, Set<String> bridges) {
    return Groups.connected(facts.graph(), history, members, bridges, causes);
  }

  /** The revisions of a group as the subject of a sentence, with its verb. */
  final String subject(List<String> ids) {
    return ids.size() == 1
        ? revisionName(ids.getFirst()) + " is"
        : "%s from %s on are"
            .formatted(count(ids.size(), "revision"), revisionName(ids.getFirst()));
  }

  final String revisionName(String id) {
    return Words.revision(facts.graph(), id);
  }
}
