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
   * Does it. The lock on the database is held by the caller.
   *
   * @return the backup's id; empty when none was asked for
   * @throws StampguardException (change failed) when it fails and is rolled back, as far as it can
   *     be; the message says so
   */
  public Optional<String> carryOut() {
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
        switch (draft.means()) {
          case Draft.Means.InPlace(StepTransactions transactions) -> change(transactions, journal);
          case Draft.Means.InFile(TargetSwitch targetSwitch, EnvEdit edit) -> {
            milestones.reached("step 1");
            targetSwitch.apply(edit);
          }
        }
        milestones.reached("prove");
        journal.write(backups.done(clock.instant()));
        return backup;
      } catch (StampguardException e) {
        // What became of a commit that was not answered, the next run asks the server.
        if (!journal.isCommitting()) {
          journal.write(new JournalEntry.Ended(clock.instant(), e.getMessage()));
        }
        throw e;
      }
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
