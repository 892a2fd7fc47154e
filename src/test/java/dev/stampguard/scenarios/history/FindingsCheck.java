package dev.stampguard.scenarios.history;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.scenarios.history.Scene.Damage;
import dev.stampguard.scenarios.history.Scene.LedgerForm;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What findings have to follow from the revisions' states: nothing untold, nothing told twice, the
 * right code, one finding per group that hangs together, and the verdict.
 */
final class FindingsCheck {
  private static final Set<FindingCode> ABOUT_RECORDED =
      EnumSet.of(
          FindingCode.SG101,
          FindingCode.SG102,
          FindingCode.SG103,
          FindingCode.SG104,
          FindingCode.SG106);

  private final Scene scene;
  private final Oracle oracle;
  private final Effects effects;
  private final CatalogSnapshot now;
  private final Diagnosis diagnosis;
  private final Map<String, RevisionDiagnosis> revisions = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();

  FindingsCheck(
      Scene scene, Oracle oracle, Effects effects, CatalogSnapshot now, Diagnosis diagnosis) {
    this.now = now;
    this.scene = scene;
    this.oracle = oracle;
    this.effects = effects;
    this.diagnosis = diagnosis;
    diagnosis.revisions().forEach(r -> revisions.put(r.revision().id(), r));
  }

  List<String> complaints() {
    recorded();
    altered();
    ahead();
    others();
    verdict();
    return complaints;
  }

  private List<Finding> findings(FindingCode... codes) {
    Set<FindingCode> wanted = Set.of(codes);
    return diagnosis.findings().stream().filter(f -> wanted.contains(f.code())).toList();
  }

  private Set<String> in(RevisionState... states) {
    Set<RevisionState> wanted = Set.of(states);
    var ids = new TreeSet<String>();
    revisions.forEach(
        (id, revision) -> {
          if (wanted.contains(revision.state())) {
            ids.add(id);
          }
        });
    return ids;
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      complaints.add(complaint);
    }
  }

  private Set<ObjectName> owed(List<String> ids) {
    var owed = new TreeSet<ObjectName>();
    ids.stream()
        .map(revisions::get)
        .forEach(
            revision -> {
              owed.addAll(revision.missing());
              if (revision.state() != RevisionState.ALTERED) {
                owed.addAll(revision.different());
              }
            });
    return owed;
  }

  /** Hollow and partial revisions, and what is missing of altered ones. */
  private void recorded() {
    Set<String> toTell = in(RevisionState.HOLLOW, RevisionState.PARTIAL);
    in(RevisionState.ALTERED).stream()
        .filter(id -> !revisions.get(id).missing().isEmpty())
        .forEach(toTell::add);
    var told = new ArrayList<String>();
    for (Finding finding : diagnosis.findings()) {
      if (ABOUT_RECORDED.contains(finding.code())) {
        told.addAll(finding.revisions());
        require(
            finding.objects().equals(List.copyOf(owed(finding.revisions()))),
            "%s names %s".formatted(finding.code(), finding.objects()));
        code(finding);
        hangsTogether(finding);
      }
    }
    // What it lacks went with what another one owes, and something of its own is there: that it
    // was never applied is not to be said of it.
    toTell.removeIf(
        id ->
            !told.contains(id)
                && revisions.get(id).state() == RevisionState.PARTIAL
                && owed(List.of(id)).isEmpty());
    require(
        new TreeSet<>(told).equals(toTell) && told.size() == toTell.size(),
        "told %s instead of %s".formatted(told, toTell));
  }

  private void code(Finding finding) {
    Set<ObjectName> tables = new HashSet<>(effects.after(scene.claimed()).keySet());
    tables.removeIf(object -> object.kind() != ObjectKind.TABLE);
    boolean isReset =
        !tables.isEmpty()
            && tables.stream().allMatch(this::isMissing)
            && effects.all().keySet().stream()
                .noneMatch(object -> object.kind() == ObjectKind.TABLE && now.contains(object));
    List<RevisionDiagnosis> own =
        finding.revisions().stream()
            .map(revisions::get)
            .filter(r -> !r.missing().isEmpty() || !r.different().isEmpty())
            .toList();
    boolean isHollow = own.stream().allMatch(r -> r.state() == RevisionState.HOLLOW);
    Set<String> after = new HashSet<>(scene.history().descendants(Set.copyOf(finding.revisions())));
    finding.revisions().forEach(after::remove);
    boolean isInside =
        after.stream()
            .map(revisions::get)
            .anyMatch(
                r ->
                    r.state() == RevisionState.APPLIED
                        || r.state() == RevisionState.PARTIAL
                        || r.state() == RevisionState.ALTERED);
    FindingCode wanted;
    if (isReset) {
      wanted = FindingCode.SG101;
    } else if (isFromModels()) {
      wanted = FindingCode.SG106;
    } else if (!isHollow) {
      wanted = FindingCode.SG104;
    } else {
      wanted = isInside ? FindingCode.SG103 : FindingCode.SG102;
    }
    require(finding.code() == wanted, "%s instead of %s".formatted(finding.code(), wanted));
  }

  private boolean isMissing(ObjectName object) {
    return revisions.values().stream().anyMatch(r -> r.missing().contains(object));
  }

  /** Everything only migrations create went, from several revisions, and more than one hole. */
  private boolean isFromModels() {
    if (scene.damage() != Damage.FROM_MODELS || oracle.isExplained()) {
      return false;
    }
    List<String> lacking =
        revisions.keySet().stream().filter(id -> !revisions.get(id).missing().isEmpty()).toList();
    boolean hollow =
        lacking.stream().allMatch(id -> revisions.get(id).state() == RevisionState.HOLLOW);
    boolean anyTable =
        effects.after(scene.claimed()).keySet().stream()
            .anyMatch(object -> object.kind() == ObjectKind.TABLE);
    return anyTable
        && lacking.size() >= 2
        && !(hollow && reach(lacking.getFirst(), Set.copyOf(lacking)).containsAll(lacking));
  }

  /** What can be reached from one revision over members, and over what left no trace. */
  private Set<String> reach(String from, Set<String> members) {
    var allowed = new HashSet<>(members);
    allowed.addAll(in(RevisionState.ASSUMED));
    var reached = new HashSet<>(Set.of(from));
    int before;
    do {
      before = reached.size();
      for (String id : allowed) {
        Set<String> needs = scene.history().script(id).needs();
        boolean touches =
            needs.stream().anyMatch(reached::contains)
                || reached.stream().anyMatch(r -> scene.history().script(r).needs().contains(id));
        if (touches) {
          reached.add(id);
        }
      }
    } while (reached.size() > before);
    return reached;
  }

  private void hangsTogether(Finding finding) {
    if (finding.code() == FindingCode.SG101 || finding.code() == FindingCode.SG106) {
      return;
    }
    Set<String> owing = new HashSet<>(finding.revisions());
    // What it lacks went with what another one owes.
    owing.removeIf(id -> owed(List.of(id)).isEmpty() || wentAlong(id, finding));
    Set<String> reached = reach(finding.revisions().getFirst(), Set.copyOf(finding.revisions()));
    boolean follows = owing.size() < finding.revisions().size();
    require(follows || reached.containsAll(owing), "%s does not hang together".formatted(finding));
    for (Finding other : diagnosis.findings()) {
      if (!other.equals(finding) && other.code() == finding.code()) {
        var both = new HashSet<>(finding.revisions());
        both.addAll(other.revisions());
        require(
            !reach(finding.revisions().getFirst(), both).containsAll(other.revisions()),
            "%s are one".formatted(List.of(finding, other)));
      }
    }
  }

  /** Whether all that a revision lacks needs a column or a table that is lacking as well. */
  private boolean wentAlong(String id, Finding finding) {
    boolean anythingToNeed =
        finding.objects().stream()
            .anyMatch(o -> o.kind() == ObjectKind.COLUMN || o.kind() == ObjectKind.TABLE);
    return anythingToNeed
        && owed(List.of(id)).stream()
            .allMatch(o -> o.kind() == ObjectKind.INDEX || o.kind() == ObjectKind.CONSTRAINT);
  }

  private void altered() {
    List<Finding> findings = findings(FindingCode.SG105);
    List<String> told = findings.stream().flatMap(f -> f.revisions().stream()).sorted().toList();
    require(
        told.equals(List.copyOf(in(RevisionState.ALTERED))),
        "altered are told as %s".formatted(findings));
    for (Finding finding : findings) {
      List<ObjectName> objects =
          finding.revisions().stream()
              .flatMap(id -> revisions.get(id).different().stream())
              .sorted()
              .toList();
      require(finding.objects().equals(objects), "SG105 names %s".formatted(finding.objects()));
    }
  }

  private void ahead() {
    Set<String> ahead = in(RevisionState.UNRECORDED, RevisionState.HALF_APPLIED);
    FindingCode code =
        scene.ledger() == LedgerForm.ROWS && !scene.rows().isEmpty()
            ? FindingCode.SG107
            : FindingCode.SG119;
    List<Finding> findings = findings(FindingCode.SG107, FindingCode.SG119);
    if (scene.ledger() == LedgerForm.UNKNOWN) {
      require(findings.isEmpty(), "an unknown revision and %s".formatted(findings));
      require(findings(FindingCode.SG110).size() == 1, "no SG110");
      return;
    }
    Set<String> told = new TreeSet<>();
    for (Finding finding : findings) {
      require(finding.code() == code, "%s instead of %s".formatted(finding.code(), code));
      told.addAll(finding.revisions());
      List<ObjectName> objects =
          finding.revisions().stream()
              .flatMap(id -> revisions.get(id).present().stream())
              .sorted()
              .distinct()
              .toList();
      require(finding.objects().equals(objects), "%s names %s".formatted(code, finding.objects()));
    }
    require(told.equals(ahead), "ahead are told as %s".formatted(findings));
  }

  private void others() {
    Set<FindingCode> rest = EnumSet.allOf(FindingCode.class);
    rest.removeAll(ABOUT_RECORDED);
    rest.removeAll(EnumSet.of(FindingCode.SG105, FindingCode.SG107, FindingCode.SG119));
    for (Finding finding : diagnosis.findings()) {
      boolean right =
          switch (finding.code()) {
            case SG109 -> finding.severity() == Severity.WARNING && leaves() > 1;
            case SG110 -> scene.ledger() == LedgerForm.UNKNOWN;
            case SG112 -> finding.objects().equals(diagnosis.extras());
            case SG101, SG102, SG103, SG104, SG105, SG106, SG107, SG119 -> true;
            case SG108, SG111, SG113, SG114, SG115, SG116, SG117, SG118, SG120 -> false;
          };
      require(right, "unexpected %s".formatted(finding));
    }
    require(findings(FindingCode.SG112).isEmpty() == diagnosis.extras().isEmpty(), "no SG112");
  }

  private int leaves() {
    return scene.history().rows(Set.copyOf(scene.history().ids())).size();
  }

  private void verdict() {
    boolean wrong =
        Stream.of(RevisionState.values())
            .filter(
                state ->
                    switch (state) {
                      case PARTIAL, ALTERED, HOLLOW, UNRECORDED, HALF_APPLIED -> true;
                      case APPLIED, ASSUMED, PENDING -> false;
                    })
            .anyMatch(state -> !in(state).isEmpty());
    Verdict wanted;
    if (scene.ledger() == LedgerForm.UNKNOWN) {
      wanted = Verdict.UNKNOWN;
    } else if (wrong) {
      wanted = Verdict.INCONSISTENT;
    } else {
      wanted =
          scene.claimed().size() < scene.history().ids().size()
              ? Verdict.BEHIND
              : Verdict.CONSISTENT;
    }
    require(
        diagnosis.verdict() == wanted, "%s instead of %s".formatted(diagnosis.verdict(), wanted));
  }
}
