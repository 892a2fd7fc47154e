package dev.stampguard.repair.plan;

import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.ShellWords;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.tool.Scripts;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes hints name the command that ends a finding. What a rule says of one finding is not so where
 * another one stands in the way, or where somebody has to decide something first.
 */
public final class Advice {
  private static final String LIST =
      "`stampguard diagnose` lists the ways out; take one with `stampguard repair --strategy`";

  private static final String APPLY = " --apply --yes";

  private final Diagnosis diagnosis;
  private final Supplier<Scripts> scripts;
  private final Function<PlanDraft, List<Hazard>> foreseen;
  private final List<WayOut> ways;
  private final Set<FindingCode> codes = EnumSet.noneOf(FindingCode.class);

  private Advice(
      Diagnosis diagnosis,
      Supplier<Scripts> scripts,
      Supplier<List<ChainGap>> gaps,
      Function<PlanDraft, List<Hazard>> foreseen) {
    this.diagnosis = diagnosis;
    this.scripts = scripts;
    this.foreseen = foreseen;
    this.ways = WaysOut.judge(scripts.get().graph(), diagnosis, gaps.get(), List.of());
    diagnosis.findings().stream()
        .filter(WaysOut::isRepairable)
        .map(Finding::code)
        .forEach(codes::add);
  }

  /**
   * The same judgement with hints that hold.
   *
   * @param scripts asked only where something is to be repaired
   * @param gaps where the scripts cannot run from nothing; likewise
   * @param foreseen what has to be allowed for a plan, as far as that is known
   */
  public static Diagnosis on(
      Diagnosis diagnosis,
      Supplier<Scripts> scripts,
      Supplier<List<ChainGap>> gaps,
      Function<PlanDraft, List<Hazard>> foreseen) {
    if (diagnosis.findings().stream().noneMatch(finding -> finding.hint().equals(Finding.REPAIR))) {
      return diagnosis;
    }
    var advice = new Advice(diagnosis, scripts, gaps, foreseen);
    return diagnosis.hinting(Finding.REPAIR, advice::hint);
  }

  /** What to do about altered objects together with whatever else is wrong; empty if nothing. */
  public static Optional<String> redefining(Set<FindingCode> codes, List<WayOut> ways) {
    if (!codes.contains(FindingCode.SG105) || codes.contains(FindingCode.SG110)) {
      return Optional.empty();
    }
    boolean isGraft =
        ways.stream()
            .filter(WayOut::applicable)
            .map(WayOut::strategy)
            .anyMatch(Strategy.GRAFT::equals);
    return isGraft
        ? Optional.of(
            "if the scripts are right, `stampguard repair --strategy graft --redefine` plans what is"
                + " missing and what is altered, and prints the command that carries it out")
        : Optional.empty();
  }

  private String hint(Finding finding) {
    if (codes.contains(FindingCode.SG110)) {
      return "SG110 comes first: %s".formatted(LIST);
    }
    if (codes.contains(FindingCode.SG105)) {
      boolean isLedgers =
          finding.code() == FindingCode.SG107 || finding.code() == FindingCode.SG119;
      return isLedgers
          ? "end SG105 first, then `stampguard repair` plans this"
          : redefining(codes, ways).orElse(LIST);
    }
    return ways.stream()
        .filter(WayOut::recommended)
        .findFirst()
        .map(way -> hint(way.strategy()))
        .orElse(LIST);
  }

  private String hint(Strategy strategy) {
    return switch (strategy) {
      case RESTAMP -> deciding(LedgerPlanner::restamp);
      case MISSING -> deciding(LedgerPlanner::missing);
      case GRAFT -> grafting();
      case RECREATE ->
          "`stampguard repair` plans a new database beside this one, and prints the command that"
              + " carries it out";
      case SWITCH -> Finding.REPAIR;
    };
  }

  private LedgerPlanner planner(Decisions decisions) {
    return new LedgerPlanner(scripts.get(), diagnosis, decisions, "version");
  }

  private String deciding(Function<LedgerPlanner, PlanDraft> plan) {
    PlanDraft draft = plan.apply(planner(Decisions.NONE));
    List<String> undecided = draft.undecided();
    if (undecided.isEmpty()) {
      return Finding.REPAIR.replace(APPLY, APPLY + Hazard.flags(foreseen.apply(draft)));
    }
    PlanDraft decided = plan.apply(planner(new Decisions(Set.copyOf(undecided), Set.of())));
    return "say of %s, which nobody can see, whether it ran: `stampguard repair%s%s%s`, with `--run` in the place of `--assume-applied` where it did not"
        .formatted(
            names(undecided), APPLY, assuming(undecided), Hazard.flags(foreseen.apply(decided)));
  }

  private String grafting() {
    boolean isForMissing =
        diagnosis.revisions().stream().anyMatch(revision -> !revision.missing().isEmpty());
    List<String> leftOut = isForMissing ? planner(Decisions.NONE).dataLeftOut() : List.of();
    return leftOut.isEmpty() ? Finding.REPAIR : noneRun(leftOut, List.of());
  }

  /**
   * What to say of revisions that change only data where the way out runs no revision.
   *
   * @param undecided at least one
   * @param hazards what has to be allowed, as far as that is known
   */
  public static String noneRun(List<String> undecided, List<Hazard> hazards) {
    return "a graft runs no revision: run by hand what %s changes in the data, unless it ran, then `stampguard repair --strategy graft%s%s%s`"
        .formatted(names(undecided), APPLY, assuming(undecided), Hazard.flags(hazards));
  }

  private static String assuming(List<String> ids) {
    return ids.stream()
        .map(id -> " --assume-applied " + ShellWords.quote(id))
        .collect(Collectors.joining());
  }
}
