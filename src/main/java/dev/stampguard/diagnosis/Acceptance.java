package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Takes accepted drift out of findings and keeps count of it. */
final class Acceptance {
  private final List<AcceptedDrift> rules;
  private final Set<AcceptedDrift> used = new HashSet<>();
  private final Set<IgnoredObject> ignored =
      new TreeSet<>(Comparator.comparing(IgnoredObject::code).thenComparing(IgnoredObject::object));

  Acceptance(List<AcceptedDrift> rules) {
    this.rules = rules;
  }

  /** The finding without what was accepted; empty when nothing of it remains. */
  Optional<Finding> apply(Finding finding) {
    var kept = new ArrayList<ObjectName>();
    for (ObjectName object : finding.objects()) {
      if (!isAccepted(finding.code(), object.toString())) {
        kept.add(object);
      }
    }
    if (kept.size() == finding.objects().size()) {
      return Optional.of(finding);
    }
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            finding.code(),
            finding.severity(),
            finding.title(),
            finding.detail(),
            kept,
            finding.revisions(),
            finding.hint()));
  }

  /** Whether somebody accepted that this revision is not judged. */
  boolean acceptsUnjudged(String revision) {
    return isAccepted(FindingCode.SG111, "revision " + revision);
  }

  private boolean isAccepted(FindingCode code, String object) {
    Optional<AcceptedDrift> rule =
        rules.stream()
            .filter(r -> r.code().equals(code.name()))
            .filter(r -> r.objects().test(object))
            .findFirst();
    rule.ifPresent(
        found -> {
          used.add(found);
          ignored.add(new IgnoredObject(code, object, found.reason()));
        });
    return rule.isPresent();
  }

  List<IgnoredObject> ignored() {
    return List.copyOf(ignored);
  }

  /**
   * Rules of findings that were looked for and matched nothing, by the place where they stand.
   *
   * @param code whether findings of a code were looked for
   */
  List<String> unused(Predicate<String> code) {
    return rules.stream()
        .filter(rule -> code.test(rule.code()) && !used.contains(rule))
        .map(AcceptedDrift::place)
        .toList();
  }
}
