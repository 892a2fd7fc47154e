package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.repair.journal.JournalEntry;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.service.TargetSwitch;
import dev.stampguard.service.TargetSwitch.Switched;
import dev.stampguard.service.recreate.Copied;
import dev.stampguard.service.recreate.NewDatabase;
import dev.stampguard.service.recreate.Recreation;
import dev.stampguard.service.repair.JournalStore.JournalWriter;
import dev.stampguard.target.EnvEdit;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.MigrationProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Carries a prepared plan out: backup, change, proof, journal. */
final class Repair {
  private final PostgresConnector connector;
  private final MigrationProject project;
  private final Repairer.Request request;
  private final RepairService.Setting setting;
  private final Preparation preparation;
  private final Backups backups;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param request what the plan was made of
   * @param backups makes the backup that comes first
   */
  Repair(
      PostgresConnector connector,
      MigrationProject project,
      Repairer.Request request,
      RepairService.Setting setting,
      Preparation preparation,
      Backups backups) {
    this.connector = Objects.requireNonNull(connector);
    this.project = Objects.requireNonNull(project);
    this.request = Objects.requireNonNull(request);
    this.setting = Objects.requireNonNull(setting);
    this.preparation = Objects.requireNonNull(preparation);
    this.backups = Objects.requireNonNull(backups);
  }

  /**
   * What was done.
   *
   * @param backup the backup's id; empty when none was asked for
   * @param kept the name under which the database of before is kept; empty when it is still itself
   * @param notes what there is to know, one sentence each
   */
  record Done(Optional<String> backup, Optional<String> kept, List<String> notes) {
    Done {
      Objects.requireNonNull(backup);
      Objects.requireNonNull(kept);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Does it.
   *
   * @param hold the lock on the database; let go where a session of ours would be in the way
   * @throws StampguardException (change failed) when it fails and is rolled back, as far as it can
   *     be; the message says so
   */
  Done carryOut(RepairService.Hold hold) {
    RepairPlan plan = preparation.plan();
    var begun =
        new JournalEntry.Begun(
            now(),
            plan.id(),
            plan.strategy().orElseThrow().label(),
            plan.database(),
            plan.server(),
            new Standing(plan.fingerprint(), plan.ledger()),
            plan.segments(),
            setting.version());
    try (JournalWriter journal = new JournalStore(setting.directory()).begin(begun)) {
      try {
        reached("back up");
        Optional<String> backup = backups.take();
        backup.ifPresent(id -> journal.write(new JournalEntry.BackedUp(now(), id)));
        Optional<String> kept =
            switch (preparation.draft().orElseThrow().means()) {
              case Draft.Means.InPlace(StepTransactions transactions) ->
                  change(transactions, journal, hold, backup);
              case Draft.Means.InNewDatabase(Recreation recreation) ->
                  recreate(recreation, journal, hold);
              case Draft.Means.InFile(TargetSwitch targetSwitch, EnvEdit edit, Target next) ->
                  edit(targetSwitch, edit, next, journal);
            };
        reached("prove");
        notes.addAll(backups.prove(journal.id()));
        journal.write(new JournalEntry.Done(now(), standing(request.target())));
        return new Done(backup, kept, notes);
      } catch (StampguardException e) {
        // What became of a commit that was not answered, the next run asks the server. Of one that
        // was answered it says so: a failure after it takes nothing back.
        if (!journal.isChangePossible()) {
          journal.write(new JournalEntry.Ended(now(), e.getMessage()));
        }
        throw e.orHint("`stampguard repair` says where the database is, and goes on");
      }
    }
  }

  private Optional<String> change(
      StepTransactions transactions,
      JournalWriter journal,
      RepairService.Hold hold,
      Optional<String> backup) {
    Verification verification = preparation.verification().orElseThrow();
    try (StepTransaction transaction = transactions.open(request.target())) {
      new Change(
              transaction,
              preparation.plan(),
              preparation.rehearsed(),
              journal,
              setting.milestones(),
              setting.clock(),
              hold,
              backup)
          .carryOut(inside -> verification.requireEnd(inside, ExitCode.CHANGE_FAILED));
    }
    return Optional.empty();
  }

  private Optional<String> recreate(
      Recreation recreation, JournalWriter journal, RepairService.Hold hold) {
    reached("build");
    try (NewDatabase made = recreation.build(request.examination().source(), request.progress())) {
      notes.addAll(made.remarks());
      if (request.options().copyData()) {
        reached("copy data");
        Copied copied = made.copyRows(request.progress());
        long rows = copied.rows().values().stream().mapToLong(Long::longValue).sum();
        notes.add(
            "%s rows of %s were copied, and counted on both sides"
                .formatted(rows, Words.count(copied.rows().size(), "table")));
        notes.addAll(copied.remarks());
      }
      hold.require();
      journal.write(
          new JournalEntry.Committing(
              now(), 1, Optional.empty(), Optional.of(standing(made.target()))));
      // Nobody may be connected to a database that is renamed, ourselves included.
      hold.close();
      reached("swap");
      String kept;
      try {
        kept = made.takeOver(now(), request.options().terminate());
      } catch (StampguardException e) {
        // Only a refusal is certain: a commit whose answer got lost may have happened.
        if (e.exitCode() == ExitCode.REFUSED) {
          journal.write(new JournalEntry.Ended(now(), e.getMessage()));
        }
        throw e;
      }
      reached("swapped");
      journal.write(new JournalEntry.Committed(now(), 1));
      notes.add("the database of before is kept as `%s`".formatted(kept));
      return Optional.of(kept);
    }
  }

  private Optional<String> edit(
      TargetSwitch targetSwitch, EnvEdit edit, Target next, JournalWriter journal) {
    journal.write(new JournalEntry.Switching(now(), next.database()));
    reached("step 1");
    Switched switched;
    try {
      switched = targetSwitch.apply(edit);
    } catch (StampguardException e) {
      if (e.exitCode() == ExitCode.REFUSED) {
        journal.write(new JournalEntry.Ended(now(), e.getMessage()));
      }
      throw e;
    }
    notes.add("`%s` is the file as it was".formatted(switched.backup()));
    notes.addAll(edit.remarks());
    notes.addAll(switched.warnings());
    reached("file written");
    return Optional.empty();
  }

  private Standing standing(Target database) {
    try (PostgresConnection connection = connector.open(database)) {
      return Verification.standing(
          Inspection.of(connection, CatalogDepth.DEFINITIONS, project.ledger()));
    }
  }

  private Instant now() {
    return setting.clock().instant();
  }

  private void reached(String milestone) {
    setting.milestones().reached(milestone);
  }
}
