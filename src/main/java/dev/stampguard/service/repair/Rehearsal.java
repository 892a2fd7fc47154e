package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import dev.stampguard.repair.plan.PlanDraft;
import dev.stampguard.repair.plan.RepairStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tries the steps of a draft on a copy of the schema, and cuts them into transactions. */
final class Rehearsal {
  private final StepTransaction copy;
  private final Verification verification;
  private final List<Rehearsed.Step> steps = new ArrayList<>();
  private final List<Standing> standings = new ArrayList<>();
  private int segment = 1;
  private int inSegment;

  private Rehearsal(StepTransaction copy, Verification verification) {
    this.copy = copy;
    this.verification = verification;
  }

  /**
   * Tries everything.
   *
   * @param copy on the copy; nothing begun
   * @param verification what must be true in the end
   * @throws StampguardException (refused) when a step fails, or the end is not what it must be; the
   *     step is named
   */
  static Rehearsed of(StepTransaction copy, PlanDraft draft, Verification verification) {
    return new Rehearsal(copy, verification).run(draft);
  }

  private Rehearsed run(PlanDraft draft) {
    copy.begin();
    LockWatch watch = LockWatch.begin(copy);
    for (int at = 0; at < draft.steps().size(); at++) {
      PlanDraft.Step step = draft.steps().get(at);
      boolean isLast = at == draft.steps().size() - 1;
      boolean alone = run(step.step(), at + 1);
      steps.add(new Rehearsed.Step(segment, alone, alone ? Map.of() : watch.look()));
      inSegment++;
      if (isLast) {
        standings.add(verification.requireEnd(copy, ExitCode.REFUSED));
        copy.rollback();
      } else if (alone || step.endsSegment()) {
        cut();
      }
    }
    return new Rehearsed(steps, standings, watch.written());
  }

  /** Runs a step in the open transaction if that can be; returns whether it had to run alone. */
  private boolean run(RepairStep step, int number) {
    StepOutcome outcome = copy.run(step);
    if (outcome instanceof StepOutcome.NeedsCommitBefore && inSegment > 0) {
      cut();
      outcome = copy.run(step);
    }
    return switch (outcome) {
      case StepOutcome.Done d -> false;
      case StepOutcome.Failed(String message) -> throw failed(number, step, message);
      case StepOutcome.NeedsCommitBefore n -> alone(step, number);
      case StepOutcome.NeedsOwnTransactions n -> alone(step, number);
    };
  }

  private boolean alone(RepairStep step, int number) {
    if (inSegment > 0) {
      cut();
    }
    copy.rollback();
    if (copy.runAlone(step) instanceof StepOutcome.Failed(String message)) {
      throw failed(number, step, message);
    }
    copy.begin();
    return true;
  }

  /** What ran so far becomes a segment of its own. */
  private void cut() {
    standings.add(Verification.standing(copy));
    copy.commit();
    copy.begin();
    segment++;
    inSegment = 0;
  }

  private static StampguardException failed(int number, RepairStep step, String message) {
    return new StampguardException(
        ExitCode.REFUSED,
        "step %s (%s) fails on a copy of the schema: %s; nothing was changed"
            .formatted(number, step.command().orElse(step.kind()), message),
        "choose another way with `--strategy`; `stampguard diagnose` lists them");
  }
}
