package dev.stampguard.repair;

import static dev.stampguard.diagnosis.Words.count;
import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.LedgerMarks;
import dev.stampguard.tool.NotAllowed;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Decides which strategies would end a diagnosis' findings, and which one to take. */
public final class WaysOut {
  /** Findings that a change of ledger or schema can end. */
  private static final Set<FindingCode> REPAIRABLE =
      EnumSet.of(
          FindingCode.SG101,
          FindingCode.SG102,
          FindingCode.SG103,
          FindingCode.SG104,
          FindingCode.SG105,
          FindingCode.SG106,
          FindingCode.SG107,
          FindingCode.SG109,
          FindingCode.SG110,
          FindingCode.SG113,
          FindingCode.SG116,
          FindingCode.SG119);

  private final RevisionGraph graph;
  private final Diagnosis diagnosis;
  private final List<ChainGap> gaps;
  private final List<Sibling> siblings;
  private final Running running;
  private final Set<FindingCode> codes = EnumSet.noneOf(FindingCode.class);

  private WaysOut(
      RevisionGraph graph,
      Diagnosis diagnosis,
      List<ChainGap> gaps,
      List<Sibling> siblings,
      Running running) {
    this.running = running;
    this.graph = graph;
    this.diagnosis = diagnosis;
    this.gaps = gaps;
    this.siblings = siblings;
    diagnosis.findings().stream()
        .filter(WaysOut::isRepairable)
        .map(Finding::code)
        .forEach(codes::add);
  }

  /**
   * Whether a change of ledger or schema can end this finding. An invalid index that no revision
   * creates is somebody else's.
   */
  public static boolean isRepairable(Finding finding) {
    return finding.isLedgersOwn()
        || (finding.isContradiction()
            && REPAIRABLE.contains(finding.code())
            && (finding.code() != FindingCode.SG116 || !finding.revisions().isEmpty()));
  }

  /**
   * Whether nothing contradicts the schema in what the ledger records, but only that it has rows
   * which others imply.
   */
  public static boolean isOnlySurplus(Diagnosis diagnosis) {
    List<FindingCode> codes =
        diagnosis.findings().stream()
            .filter(WaysOut::isRepairable)
            .map(Finding::code)
            .filter(code -> code != FindingCode.SG116)
            .distinct()
            .toList();
    return codes.equals(List.of(FindingCode.SG109));
  }

  /**
   * Whether nothing contradicts the schema in what the ledger records, but only how it is written:
   * rows that others imply, checksums of other scripts, failures of what is there all the same.
   */
  public static boolean isOnlyLedger(Diagnosis diagnosis) {
    if (isOnlySurplus(diagnosis)) {
      return true;
    }
    Set<FindingCode> codes = EnumSet.noneOf(FindingCode.class);
    diagnosis.findings().stream()
        .filter(WaysOut::isRepairable)
        .map(Finding::code)
        .forEach(codes::add);
    Set<String> failed = diagnosis.ledger().marked(LedgerMarks::failed);
    return !codes.isEmpty()
        && EnumSet.of(FindingCode.SG113, FindingCode.SG114).containsAll(codes)
        && diagnosis.revisions().stream()
            .filter(revision -> failed.contains(revision.revision().id()))
            .allMatch(revision -> revision.state() == RevisionState.APPLIED);
  }

  /** Indexes that revisions create and that a failed build left invalid, sorted. */
  public static List<ObjectName> toRebuild(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.code() == FindingCode.SG116 && isRepairable(finding))
        .flatMap(finding -> finding.objects().stream())
        .toList();
  }

  /**
   * What is lacking where none of these ways can be recommended, and one could be if it were said;
   * empty where one is.
   */
  public static Optional<Lack> lack(List<WayOut> ways) {
    return ways.stream().anyMatch(WayOut::recommended)
        ? Optional.empty()
        : ways.stream().flatMap(way -> way.lack().stream()).findFirst();
  }

  /**
   * Every strategy in the order of {@link Strategy}, at most one recommended.
   *
   * @param gaps where the scripts cannot run from nothing
   * @param siblings the other databases with the same ledger
   */
  public static List<WayOut> judge(
      RevisionGraph graph, Diagnosis diagnosis, List<ChainGap> gaps, List<Sibling> siblings) {
    return judge(graph, diagnosis, gaps, siblings, Running.FREE);
  }

  /**
   * What is to be known of running the scripts.
   *
   * @param needsPermission whether they are code that somebody has to allow to run first
   * @param lack what these revisions lack to be run here
   */
  public record Running(
      boolean needsPermission, Function<Collection<String>, Optional<Lack>> lack) {
    /** Each can run, and nobody has to allow it. */
    public static final Running FREE = new Running(false, revisions -> Optional.empty());

    public Running {
      Objects.requireNonNull(lack);
    }
  }

  /** As {@link #judge(RevisionGraph, Diagnosis, List, List)}, where something is lacking. */
  public static List<WayOut> judge(
      RevisionGraph graph,
      Diagnosis diagnosis,
      List<ChainGap> gaps,
      List<Sibling> siblings,
      Running running) {
    return new WaysOut(graph, diagnosis, gaps, siblings, running).judge();
  }

  private record Judgement(
      Strategy strategy, boolean applicable, String reason, Optional<Lack> lack) {
    static Judgement yes(Strategy strategy, String reason) {
      return new Judgement(strategy, true, reason, Optional.empty());
    }

    static Judgement no(Strategy strategy, String reason) {
      return new Judgement(strategy, false, reason, Optional.empty());
    }

    /** The same, where something may be lacking. */
    Judgement lacking(Optional<Lack> lack) {
      return new Judgement(
          strategy,
          applicable,
          lack.map(what -> reason + "; this " + what.reason()).orElse(reason),
          lack);
    }
  }

  private List<WayOut> judge() {
    Optional<String> unread = brokenHistory();
    var judgements = new ArrayList<Judgement>();
    for (Strategy strategy : Strategy.values()) {
      judgements.add(
          codes.isEmpty()
              ? Judgement.no(strategy, "nothing is wrong that a repair could end")
              : switch (strategy) {
                case RESTAMP ->
                    unread.map(reason -> Judgement.no(strategy, reason)).orElseGet(this::restamp);
                case MISSING ->
                    unread.map(reason -> Judgement.no(strategy, reason)).orElseGet(this::missing);
                case GRAFT ->
                    unread.map(reason -> Judgement.no(strategy, reason)).orElseGet(this::graft);
                case RECREATE -> recreate();
                case SWITCH -> switchTarget();
              });
    }
    Optional<Strategy> best = recommended(judgements);
    return judgements.stream()
        .map(
            judgement ->
                new WayOut(
                    judgement.strategy,
                    judgement.applicable,
                    best.filter(judgement.strategy::equals).isPresent(),
                    judgement.reason,
                    judgement.lack))
        .toList();
  }

  /** Why nobody can tell what is recorded, or what a true state would record. */
  private Optional<String> brokenHistory() {
    var ids = new ArrayList<>(diagnosis.ledger().rows());
    diagnosis.trueState().map(TrueState::upper).ifPresent(ids::addAll);
    return graph
        .problemUpTo(ids)
        .map(
            problem ->
                "mend the scripts first: `%s:%s`: %s"
                    .formatted(problem.file(), problem.line(), problem.message()));
  }

  /**
   * The cheapest way that changes nothing but what is wrong and can be carried out. An unknown
   * revision gets no recommendation: what it did must be known first. Nor do altered objects:
   * somebody has to say which form is right. A state that is not exact is never stamped without
   * being asked for. Nor is a second ledger made where a table looks like the first.
   */
  private Optional<Strategy> recommended(List<Judgement> judgements) {
    if (codes.contains(FindingCode.SG110)
        || codes.contains(FindingCode.SG105)
        || diagnosis.findings().stream().anyMatch(Finding::isLedgerElsewhere)) {
      return Optional.empty();
    }
    boolean exact =
        isOnlyLedger(diagnosis) || diagnosis.trueState().filter(TrueState::exact).isPresent();
    return judgements.stream()
        .filter(judgement -> judgement.applicable && judgement.lack.isEmpty())
        .map(Judgement::strategy)
        .filter(strategy -> strategy != Strategy.RESTAMP || exact)
        .findFirst();
  }

  private Judgement restamp() {
    if (codes.equals(EnumSet.of(FindingCode.SG116))) {
      return Judgement.no(
          Strategy.RESTAMP, "what the ledger says is true; an index has to be built again");
    }
    if (isOnlySurplus(diagnosis)) {
      return Judgement.yes(
          Strategy.RESTAMP,
          "what the ledger records is there: set the ledger to the heads of that, "
              + names(graph.headsOf(graph.closure(diagnosis.ledger().rows()))));
    }
    if (isOnlyLedger(diagnosis)) {
      return Judgement.yes(
          Strategy.RESTAMP,
          "what the ledger records is there: write it down as the scripts are now, without failures");
    }
    if (codes.equals(EnumSet.of(FindingCode.SG115))) {
      return Judgement.no(
          Strategy.RESTAMP, "what the ledger says is true; a migration below it has to run");
    }
    if (codes.contains(FindingCode.SG105)) {
      return Judgement.no(Strategy.RESTAMP, "altered objects match no known state");
    }
    if (diagnosis.trueState().isEmpty()) {
      return Judgement.no(
          Strategy.RESTAMP,
          codes.contains(FindingCode.SG103)
              ? "a hole inside the history cannot be repaired by setting the ledger back"
              : "the database matches no state that the scripts know");
    }
    TrueState state = diagnosis.trueState().get();
    Set<String> kept = graph.closure(state.lower());
    var rerun = new HashSet<>(ids(recorded()));
    rerun.removeAll(kept);
    Optional<ChainGap> blocked = firstGapIn(rerun);
    if (blocked.isPresent()) {
      return Judgement.no(
          Strategy.RESTAMP, "the upgrade after it would stop: " + gapReason(blocked.get()));
    }
    if (!state.exact()) {
      return Judgement.yes(
          Strategy.RESTAMP,
          "the true state is "
              + Words.state(state)
              + "; revisions that leave no trace lie between, so decide which of them ran first");
    }
    return Judgement.yes(
            Strategy.RESTAMP,
            "the database is exactly at "
                + Words.state(state)
                + (rerun.isEmpty()
                    ? ": set the ledger to it"
                    : ": set the ledger to it, then upgrade runs "
                        + count(rerun.size(), "revision")))
        .lacking(running.lack().apply(inOrder(rerun)));
  }

  /** A ledger that claims nothing is set to the true state, and nothing runs. */
  private List<RevisionDiagnosis> recorded() {
    return diagnosis.revisions().stream().filter(RevisionDiagnosis::recorded).toList();
  }

  private static List<String> ids(List<RevisionDiagnosis> revisions) {
    return revisions.stream().map(revision -> revision.revision().id()).toList();
  }

  private List<String> inOrder(Set<String> revisions) {
    return graph.revisions().stream().map(Revision::id).filter(revisions::contains).toList();
  }

  private List<RevisionDiagnosis> in(RevisionState state) {
    return diagnosis.revisions().stream().filter(r -> r.state() == state).toList();
  }

  private Judgement missing() {
    List<String> hollow = new ArrayList<>(ids(in(RevisionState.HOLLOW)));
    List<String> late = new ArrayList<>(ids(in(RevisionState.PENDING)));
    late.retainAll(diagnosis.ledger().marked(LedgerMarks::late));
    if (hollow.isEmpty() && !late.isEmpty() && firstGapIn(late).isEmpty()) {
      return Judgement.yes(
              Strategy.MISSING,
              "run and record exactly %s, which came too late for the tool".formatted(names(late)))
          .lacking(running.lack().apply(late));
    }
    hollow.addAll(late);
    if (hollow.isEmpty()) {
      return Judgement.no(Strategy.MISSING, "no recorded revision is wholly absent");
    }
    if (codes.contains(FindingCode.SG106)) {
      return Judgement.no(
          Strategy.MISSING, "what is missing are parts of a schema that was created from models");
    }
    List<String> damaged = new ArrayList<>(ids(in(RevisionState.PARTIAL)));
    damaged.addAll(ids(in(RevisionState.ALTERED)));
    if (!damaged.isEmpty()) {
      return Judgement.no(
          Strategy.MISSING,
          "%s only partly there or altered; running whole revisions cannot mend that"
              .formatted(names(damaged) + (damaged.size() == 1 ? " is" : " are")));
    }
    Optional<ChainGap> blocked = firstGapIn(hollow);
    if (blocked.isPresent()) {
      return Judgement.no(Strategy.MISSING, gapReason(blocked.get()));
    }
    return Judgement.yes(
            Strategy.MISSING,
            "run exactly the %s that left nothing (%s), in dependency order, the ledger untouched"
                .formatted(count(hollow.size(), "recorded revision"), names(hollow)))
        .lacking(running.lack().apply(hollow));
  }

  private Judgement graft() {
    List<ObjectName> lacking =
        diagnosis.revisions().stream().flatMap(revision -> revision.missing().stream()).toList();
    List<ObjectName> invalid = toRebuild(diagnosis);
    if (lacking.isEmpty()) {
      return invalid.isEmpty()
          ? Judgement.no(Strategy.GRAFT, "no object is missing")
          : Judgement.yes(Strategy.GRAFT, rebuild(invalid));
    }
    Optional<Sibling> source = consistentSibling();
    if (!isChainWhole() && source.isEmpty()) {
      return Judgement.no(
          Strategy.GRAFT,
          "nothing to take the %s from: the scripts do not run from nothing and no sibling is consistent"
              .formatted(count(lacking.size(), "missing object")));
    }
    return Judgement.yes(
            Strategy.GRAFT,
            "create exactly the %s, taken from %s"
                    .formatted(
                        count(lacking.size(), "missing object"),
                        source
                            .map(sibling -> "`" + sibling.database() + "`")
                            .orElseGet(this::replay))
                + (invalid.isEmpty() ? "" : ", and " + rebuild(invalid)))
        .lacking(
            source.isPresent()
                ? Optional.empty()
                : running.lack().apply(inOrder(graph.closure(owing(diagnosis)))));
  }

  /** Recorded revisions of which something is not there as it should be, oldest first. */
  public static List<String> owing(Diagnosis diagnosis) {
    return diagnosis.revisions().stream()
        .filter(RevisionDiagnosis::recorded)
        .filter(revision -> !revision.missing().isEmpty() || !revision.different().isEmpty())
        .map(revision -> revision.revision().id())
        .toList();
  }

  private String replay() {
    return running.needsPermission()
        ? "a replay of the scripts, which `%s` allows".formatted(NotAllowed.OPTION)
        : "a replay of the scripts";
  }

  private static String rebuild(List<ObjectName> invalid) {
    return "build %s again, as %s defined"
        .formatted(names(invalid), invalid.size() == 1 ? "it is" : "they are");
  }

  private Judgement recreate() {
    if (!isChainWhole()) {
      return Judgement.no(
          Strategy.RECREATE,
          gaps.isEmpty()
              ? "the scripts do not form one readable history"
              : "the scripts cannot build a database from nothing: " + gapReason(gaps.getFirst()));
    }
    List<String> all = graph.revisions().stream().map(Revision::id).toList();
    return Judgement.yes(
            Strategy.RECREATE,
            "build a new database from the scripts and swap it in; the data stays behind in the old one,"
                + " which is kept")
        .lacking(running.lack().apply(all));
  }

  private Judgement switchTarget() {
    return consistentSibling()
        .map(
            sibling ->
                Judgement.yes(
                    Strategy.SWITCH,
                    "`%s` on the same server is consistent; the run would see its data instead"
                        .formatted(sibling.database())))
        .orElseGet(
            () -> Judgement.no(Strategy.SWITCH, "no other database on this server is consistent"));
  }

  private Optional<Sibling> consistentSibling() {
    return siblings.stream().filter(s -> s.verdict() == Verdict.CONSISTENT).findFirst();
  }

  private boolean isChainWhole() {
    return gaps.isEmpty() && graph.problems().isEmpty();
  }

  /** The first of these revisions that cannot run here; one whose need is met by now can. */
  private Optional<ChainGap> firstGapIn(Collection<String> revisions) {
    return gaps.stream()
        .filter(gap -> revisions.contains(gap.revision()))
        .filter(
            gap -> diagnosis.revisions().stream().noneMatch(r -> r.present().contains(gap.needs())))
        .findFirst();
  }

  private String gapReason(ChainGap gap) {
    return "`%s` needs `%s`, which nothing before it creates"
        .formatted(gap.revision(), gap.needs());
  }
}
