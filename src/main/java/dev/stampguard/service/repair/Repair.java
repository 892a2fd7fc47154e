package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.repair.journal.JournalEntry;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.service.TargetSwitch;
import dev.stampguard.service.repair.JournalStore.JournalWriter;
import dev.stampguard.target.EnvEdit;
import dev.stampguard.target.Target;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** Carries a prepared plan out: backup, change, proof, journal. */
public final class Repair {
  private final Target target;
  private final Preparation preparation;
  private final JournalStore journals;
  private final Backups backups;
  private final Milestones milestones;
  private final Clock clock;
  private final String version;

  /**
   * @param backups makes the backup that comes first
   * @param version stampguard's own, for the journal
   */
  public Repair(
      Target target,
      Preparation preparation,
      JournalStore journals,
      Backups backups,
      Milestones milestones,
      Clock clock,
      String version) {
    this.target = Objects.requireNonNull(target);
    this.preparation = Objects.requireNonNull(preparation);
    this.journals = Objects.requireNonNull(journals);
    this.backups = Objects.requireNonNull(backups);
    this.milestones = Objects.requireNonNull(milestones);
    this.clock = Objects.requireNonNull(clock);
    this.version = Objects.requireNonNull(version);
  }

  /**
   * Does it.
   *
   * @param hold the lock on the database; let go where a session of ours would be in the way
   * @return what there is to know of it
   * @throws StampguardException (change failed) when it fails and is rolled back, as far as it can
   *     be; the message says so
   */
  public Done carryOut(RepairService.Hold hold) {
    RepairPlan plan = preparation.plan();
    Draft draft = preparation.draft().orElseThrow();
    var begun =
        new JournalEntry.Begun(
            clock.instant(),
            plan.id(),
            plan.strategy().orElseThrow().label(),
            plan.database(),
            plan.server(),
            new Standing(plan.fingerprint(), plan.ledger()),
            plan.segments(),
            version);
    try (JournalWriter journal = journals.begin(begun)) {
      try {
        milestones.reached("back up");
        Optional<String> backup = backups.take();
        backup.ifPresent(id -> journal.write(new JournalEntry.BackedUp(clock.instant(), id)));
        Optional<String> kept = Optional.empty();
        var notes = new ArrayList<String>();
        switch (draft.means()) {
          case Draft.Means.InPlace(StepTransactions transactions) -> change(transactions, journal);
          case Draft.Means.InNewDatabase(Recreation recreation) ->
              kept = Optional.of(recreate(recreation, journal, hold, notes));
          case Draft.Means.InFile(TargetSwitch targetSwitch, EnvEdit edit) -> {
            milestones.reached("step 1");
            Switched switched = targetSwitch.apply(edit);
            notes.add("the file as it was is `%s`".formatted(switched.backup()));
            notes.addAll(switched.warnings());
          }
        }
        milestones.reached("prove");
        journal.write(backups.done(clock.instant()));
        return new Done(backup, kept, notes);
      } catch (StampguardException e) {
        // What became of a commit that was not answered, the next run asks the server.
        if (!journal.isCommitting()) {
          journal.write(new JournalEntry.Ended(clock.instant(), e.getMessage()));
        }
        throw e;
      }
    }
  }

  private String recreate(
      Recreation recreation,
      JournalWriter journal,
      RepairService.Hold hold,
      List<String> notes) {
    milestones.reached("build");
    try (NewDatabase made = recreation.build(source, progress)) {
      notes.addAll(made.remarks());
      if (preparation.plan().steps().stream()
          .anyMatch(step -> step.step() instanceof RepairStep.CopyData)) {
        milestones.reached("copy data");
        Copied copied = made.copyRows(progress);
        notes.addAll(copied.describe());
      }
      journal.write(
          new JournalEntry.Committing(
              clock.instant(), 1, Optional.empty(), Optional.of(standing.apply(made.target()))));
      // Nobody may be connected to a database that is renamed, ourselves included.
      hold.close();
      milestones.reached("swap");
      String kept = made.takeOver(clock.instant(), terminate);
      milestones.reached("swapped");
      journal.write(new JournalEntry.Committed(clock.instant(), 1));
      notes.add("the database of before is kept as `%s`".formatted(kept));
      return kept;
    }
  }

  private void change(StepTransactions transactions, JournalWriter journal) {
    try (StepTransaction transaction = transactions.open(target)) {
      new Change(
              transaction, preparation.plan(), preparation.rehearsed(), journal, milestones, clock)
          .carryOut(
              inside ->
                  preparation
                      .verification()
                      .orElseThrow()
                      .requireEnd(inside, ExitCode.CHANGE_FAILED));
    }
  }
}
