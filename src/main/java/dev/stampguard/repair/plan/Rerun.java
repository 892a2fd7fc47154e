package dev.stampguard.repair.plan;

import dev.stampguard.ShellWords;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is said of revisions that left no trace, that the ledger has as run, and that a repair runs
 * because something before them is not there. After a {@code stamp head} that is right; where what
 * is not there was dropped later, they did run, and change their data twice.
 *
 * @param without the command that plans without such ones, to which they are added as {@code
 *     --assume-applied}; empty when no other way out leaves them alone
 */
public record Rerun(Optional<String> without) {
  public Rerun {
    Objects.requireNonNull(without);
  }

  /**
   * What is said where these ways are open.
   *
   * @param decisions what was said about other revisions, which the command says again
   */
  static Rerun among(List<WayOut> ways, Decisions decisions) {
    return new Rerun(
        ways.stream()
            .filter(WayOut::applicable)
            .map(WayOut::strategy)
            .filter(Rerun::runsOnlyWhatLeftNothing)
            .findFirst()
            .map(
                strategy ->
                    "stampguard repair --strategy "
                        + strategy.label()
                        + decisions.assumeApplied().stream()
                            .sorted()
                            .map(Rerun::assuming)
                            .reduce("", String::concat)
                        + decisions.run().stream()
                            .sorted()
                            .map(id -> " --run " + ShellWords.quote(id))
                            .reduce("", String::concat)));
  }

  private static boolean runsOnlyWhatLeftNothing(Strategy strategy) {
    return switch (strategy) {
      case MISSING, GRAFT -> true;
      case RESTAMP, RECREATE, SWITCH -> false;
    };
  }

  private static String assuming(String id) {
    return " --assume-applied " + ShellWords.quote(id);
  }

  /** The same, with the command made whole. */
  public Rerun repeating(UnaryOperator<String> command) {
    return new Rerun(without.map(command));
  }

  /**
   * The sentence about revisions that run, without a full stop.
   *
   * @param ids at least one
   */
  public String of(List<String> ids) {
    boolean isOne = ids.size() == 1;
    return "the ledger has %s as run and nothing in the database tells whether %s did, so %s now; if %s did run before, what %s to data is done twice%s"
        .formatted(
            Words.all(ids),
            isOne ? "it" : "they",
            isOne ? "it runs" : "they run",
            isOne ? "it" : "they",
            isOne ? "it does" : "they do",
            without
                .map(
                    command ->
                        command + ids.stream().map(Rerun::assuming).reduce("", String::concat))
                .map(command -> ": `%s` plans without %s".formatted(command, isOne ? "it" : "them"))
                .orElse(", and no other way out leaves %s alone".formatted(isOne ? "it" : "them")));
  }

  /** What these steps run in spite of what the ledger says; empty when that is nothing. */
  public static Optional<String> sentence(List<RepairStep> steps) {
    var ids = new ArrayList<String>();
    Optional<Rerun> rerun = Optional.empty();
    for (RepairStep step : steps) {
      if (step instanceof RepairStep.RunRevision run && run.rerun().isPresent()) {
        ids.add(run.revision());
        rerun = run.rerun();
      }
    }
    return rerun.map(known -> known.of(ids));
  }

  /**
   * The ways out, of which those that run such revisions say so.
   *
   * @param scripts asked only where something left no trace
   */
  public static List<WayOut> mentioned(
      List<WayOut> ways, Supplier<Scripts> scripts, Diagnosis diagnosis) {
    return diagnosis.revisions().stream()
            .map(RevisionDiagnosis::state)
            .noneMatch(RevisionState.ASSUMED::equals)
        ? ways
        : ways.stream().map(way -> mentioned(way, scripts, diagnosis)).toList();
  }

  private static WayOut mentioned(WayOut way, Supplier<Scripts> scripts, Diagnosis diagnosis) {
    if (!way.applicable()) {
      return way;
    }
    Supplier<LedgerPlanner> planner =
        () -> new LedgerPlanner(scripts.get(), diagnosis, Decisions.NONE, "version");
    List<String> again =
        switch (way.strategy()) {
          case RESTAMP -> rerun(planner.get().restamp());
          case MISSING -> rerun(planner.get().missing());
          case GRAFT, RECREATE, SWITCH -> List.of();
        };
    return again.isEmpty()
        ? way
        : new WayOut(
            way.strategy(),
            true,
            way.recommended(),
            "%s; %s too, which the ledger has as run and nothing in the database tells of: the plan says how to leave %s out"
                .formatted(
                    way.reason(),
                    Words.names(again) + (again.size() == 1 ? " runs" : " run"),
                    again.size() == 1 ? "it" : "them"),
            way.lack());
  }

  private static List<String> rerun(PlanDraft draft) {
    return draft.steps().stream()
        .map(PlanDraft.Step::step)
        .filter(RepairStep.RunRevision.class::isInstance)
        .map(RepairStep.RunRevision.class::cast)
        .filter(run -> run.rerun().isPresent())
        .map(RepairStep.RunRevision::revision)
        .toList();
  }
}
