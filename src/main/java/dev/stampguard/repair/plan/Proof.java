package dev.stampguard.repair.plan;

import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must be true before a repair is committed: the findings it was to end are gone, none came
 * instead, and what no revision creates is as it was. Pure.
 *
 * @param before the catalog that was found, the ledger left out
 * @param diagnosis what was said of it
 * @param ends codes of the findings that must be gone
 * @param only the objects that may change; empty when the revisions that run decide that
 */
public record Proof(
    CatalogSnapshot before,
    Diagnosis diagnosis,
    Set<FindingCode> ends,
    Optional<Set<ObjectName>> only) {
  public Proof {
    Objects.requireNonNull(before);
    Objects.requireNonNull(diagnosis);
    ends = Set.copyOf(ends);
    only = only.map(Set::copyOf);
  }

  /**
   * Holds an end against it.
   *
   * @param after the catalog that was made, the ledger left out
   * @param judged what is said of that
   * @return what speaks against it, one sentence each; nothing when it is proven
   */
  public List<String> objections(CatalogSnapshot after, Diagnosis judged) {
    var objections = new ArrayList<String>();
    for (Finding finding : judged.findings()) {
      if (finding.isContradiction() && (ends.contains(finding.code()) || !wasThere(finding))) {
        objections.add(
            "%s %s: %s"
                .formatted(
                    finding.code(),
                    ends.contains(finding.code()) ? "is still there" : "came up",
                    finding.detail()));
      }
    }
    if (judged.verdict() == Verdict.UNKNOWN && objections.isEmpty() && !isKnownObstacle(judged)) {
      objections.add("nobody can tell what the database would be like");
    }
    List<ObjectName> changed = changed(after);
    List<ObjectName> foreign = changed.stream().filter(this::isForeign).toList();
    if (!foreign.isEmpty()) {
      objections.add("%s would change, which no revision creates".formatted(names(foreign)));
    }
    only.ifPresent(
        allowed -> {
          List<ObjectName> others =
              changed.stream()
                  .filter(name -> !isAmong(name, after, allowed) && !isAmong(name, before, allowed))
                  .toList();
          if (!others.isEmpty()) {
            objections.add("%s would change as well".formatted(names(others)));
          }
        });
    return objections;
  }

  /**
   * Whether what keeps the question open is what kept it open before: revisions that nothing runs
   * here, and of which nobody knows what they leave. The rest is judged.
   */
  private boolean isKnownObstacle(Diagnosis judged) {
    List<Finding> obstacles = judged.findings().stream().filter(Finding::isObstacle).toList();
    return !obstacles.isEmpty()
        && obstacles.stream()
            .allMatch(
                finding ->
                    finding.code() == FindingCode.SG111
                        && diagnosis.findings().stream()
                            .anyMatch(
                                known ->
                                    known.isObstacle()
                                        && known.code() == finding.code()
                                        && known.revisions().containsAll(finding.revisions())));
  }

  private boolean wasThere(Finding finding) {
    return diagnosis.findings().stream()
        .anyMatch(f -> f.isContradiction() && f.code() == finding.code());
  }

  private List<ObjectName> changed(CatalogSnapshot after) {
    var all = new HashSet<>(before.objects().keySet());
    all.addAll(after.objects().keySet());
    return all.stream()
        .filter(name -> !Definition.match(before.find(name), after.find(name)))
        .sorted()
        .toList();
  }

  private boolean isForeign(ObjectName name) {
    return isAmong(name, before, Set.copyOf(diagnosis.extras()));
  }

  /** Whether an object, or the relation it lives in, is one of these. */
  private static boolean isAmong(ObjectName name, CatalogSnapshot catalog, Set<ObjectName> names) {
    CatalogObject object = catalog.objects().get(name);
    return names.contains(name)
        || (object != null
            && object.relation().stream()
                .flatMap(
                    relation ->
                        Stream.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW)
                            .map(kind -> ObjectName.of(kind, relation)))
                .anyMatch(names::contains));
  }
}
