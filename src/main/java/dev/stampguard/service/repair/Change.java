package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.repair.journal.JournalEntry;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import dev.stampguard.repair.plan.PlannedStep;
import dev.stampguard.repair.plan.RepairPlan;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Carries the steps of a plan out on the target, one segment after the other. */
final class Change {
  private final StepTransaction transaction;
  private final RepairPlan plan;
  private final List<Standing> rehearsed;
  private final JournalStore.JournalWriter journal;
  private final Milestones milestones;
  private final Clock clock;
  private final RepairService.Hold hold;
  private final Optional<String> backup;

  /** What is to be found when the next transaction begins; empty when nobody knows. */
  private Optional<Standing> expected;

  /**
   * @param transaction on the target; nothing begun
   * @param rehearsed what each segment left on the copy; none without a rehearsal
   * @param hold must last until the last commit
   * @param backup the id of the backup that was made first; empty when there is none
   */
  Change(
      StepTransaction transaction,
      RepairPlan plan,
      List<Standing> rehearsed,
      JournalStore.JournalWriter journal,
      Milestones milestones,
      Clock clock,
      RepairService.Hold hold,
      Optional<String> backup) {
    this.transaction = Objects.requireNonNull(transaction);
    this.plan = Objects.requireNonNull(plan);
    this.rehearsed = List.copyOf(rehearsed);
    this.journal = Objects.requireNonNull(journal);
    this.milestones = Objects.requireNonNull(milestones);
    this.clock = Objects.requireNonNull(clock);
    this.expected = Optional.of(new Standing(plan.fingerprint(), plan.ledger()));
    this.hold = Objects.requireNonNull(hold);
    this.backup = Objects.requireNonNull(backup);
  }

  /**
   * Does it.
   *
   * @param check looks at the last segment before it is committed, and throws to have it rolled
   *     back
   * @throws StampguardException (change failed) when a step fails; segments before stay committed,
   *     and the message says so
   */
  void carryOut(EndCheck check) {
    for (int segment = 1; segment <= plan.segments(); segment++) {
      int number = segment;
      List<PlannedStep> steps =
          plan.steps().stream().filter(step -> step.segment() == number).toList();
      try {
        if (steps.size() == 1 && steps.getFirst().alone()) {
          carryOutAlone(steps.getFirst(), check);
        } else {
          carryOut(steps, segment, check);
        }
      } catch (StampguardException e) {
        throw segment == 1 ? e : halfWay(e, segment - 1);
      }
    }
  }

  /** Looks at the end of a repair from inside its last transaction. */
  @FunctionalInterface
  interface EndCheck {
    /** What is there now; throws when that is not what it must be. */
    Standing require(StepTransaction transaction);
  }

  private void carryOut(List<PlannedStep> steps, int segment, EndCheck check) {
    milestones.reached("begin transaction " + segment);
    transaction.begin();
    requireUnchanged(segment);
    for (PlannedStep step : steps) {
      milestones.reached("step " + step.number());
      requireDone(step, transaction.run(step.step()));
    }
    Standing after =
        segment == plan.segments()
            ? check.require(transaction)
            : Verification.standing(transaction);
    hold.require();
    journal.write(
        new JournalEntry.Committing(
            clock.instant(), segment, Optional.of(transaction.id()), Optional.of(after)));
    milestones.reached("commit transaction " + segment);
    transaction.commit();
    expected = Optional.of(after);
    milestones.reached("committed transaction " + segment);
    journal.write(new JournalEntry.Committed(clock.instant(), segment));
  }

  private void carryOutAlone(PlannedStep step, EndCheck check) {
    Optional<Standing> after =
        rehearsed.size() < step.segment()
            ? Optional.empty()
            : Optional.of(rehearsed.get(step.segment() - 1));
    hold.require();
    journal.write(
        new JournalEntry.Committing(clock.instant(), step.segment(), Optional.empty(), after));
    milestones.reached("step " + step.number());
    requireDone(step, transaction.runAlone(step.step()));
    expected = after;
    milestones.reached("committed transaction " + step.segment());
    if (step.segment() == plan.segments()) {
      transaction.begin();
      check.require(transaction);
      transaction.rollback();
    }
    journal.write(new JournalEntry.Committed(clock.instant(), step.segment()));
  }

  /** A backup takes its time, and nobody keeps others from the schema meanwhile. */
  private void requireUnchanged(int segment) {
    if (expected.isPresent() && !expected.get().equals(Verification.standing(transaction))) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` was changed by somebody else since the plan was made; %s"
              .formatted(
                  plan.database(),
                  segment == 1 ? "nothing was changed" : "what comes next was not begun"),
          "look with `stampguard diagnose`, then make a new plan with `stampguard repair`");
    }
  }

  private void requireDone(PlannedStep step, StepOutcome outcome) {
    String reason =
        switch (outcome) {
          case StepOutcome.Done d -> null;
          case StepOutcome.Failed(String message) -> message;
          case StepOutcome.NeedsCommitBefore(String message) -> message;
          case StepOutcome.NeedsOwnTransactions(String message) -> message;
        };
    if (reason != null) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "step %s (%s) failed and %s: %s"
              .formatted(
                  step.number(),
                  step.step().command().orElse(step.step().kind()),
                  step.alone() ? "what it committed by itself stays" : "is rolled back",
                  reason),
          step.alone()
              ? orUndo("look with `stampguard diagnose`")
              : "look with `stampguard diagnose`");
    }
  }

  /** Segments before this one are committed: say where the database is. */
  private StampguardException halfWay(StampguardException failure, int committed) {
    return new StampguardException(
        ExitCode.CHANGE_FAILED,
        "%s; %s of %s transactions are committed"
            .formatted(failure.getMessage(), committed, plan.segments()),
        orUndo("go on with `stampguard repair`"));
  }

  private String orUndo(String hint) {
    return hint
        + backup.map(id -> ", or undo it with `stampguard restore %s`".formatted(id)).orElse("");
  }
}
