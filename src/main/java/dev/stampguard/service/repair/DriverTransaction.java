package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.tool.ChangeOutcome;
import dev.stampguard.tool.ChangeSession;
import dev.stampguard.tool.Inspection;
import java.util.List;
import java.util.Objects;

/** The migration tool's own session: for strategies that run revisions. */
final class DriverTransaction implements StepTransaction {
  private final ChangeSession session;

  /**
   * @param session connected; closed with this
   */
  DriverTransaction(ChangeSession session) {
    this.session = Objects.requireNonNull(session);
  }

  @Override
  public void begin() {
    session.begin();
  }

  @Override
  public String id() {
    return session.transaction();
  }

  @Override
  public StepOutcome run(RepairStep step) {
    return switch (step) {
      case RepairStep.SetLedger set -> {
        session.stamp(set.after());
        yield new StepOutcome.Done();
      }
      case RepairStep.RunRevision run -> outcome(session.run(run.revision(), run.recorded()));
      case RepairStep.RunStatement s -> throw misplaced(s);
      case RepairStep.BuildDatabase b -> throw misplaced(b);
      case RepairStep.CopyData c -> throw misplaced(c);
      case RepairStep.SwapDatabases s -> throw misplaced(s);
      case RepairStep.EditEnvFile e -> throw misplaced(e);
    };
  }

  @Override
  public StepOutcome runAlone(RepairStep step) {
    if (step instanceof RepairStep.RunRevision run) {
      return outcome(session.runAlone(run.revision(), run.recorded()));
    }
    throw misplaced(step);
  }

  private static IllegalStateException misplaced(RepairStep step) {
    return new IllegalStateException(step.kind() + " is no step of a migration tool's session");
  }

  private static StepOutcome outcome(ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Done d -> new StepOutcome.Done();
      case ChangeOutcome.Failed failed -> new StepOutcome.Failed(failed.message());
      case ChangeOutcome.NeedsCut cut ->
          switch (cut.cut()) {
            case BEFORE -> new StepOutcome.NeedsCommitBefore(cut.message());
            case ALONE -> new StepOutcome.NeedsOwnTransactions(cut.message());
          };
      case ChangeOutcome.TransactionEnded ended ->
          throw new StampguardException(
              ExitCode.CHANGE_FAILED,
              ended.message()
                  + (ended.committed()
                      ? "; what ran until then is committed"
                      : "; everything is rolled back"),
              "such a script cannot be part of a repair in one transaction: look with `stampguard diagnose`");
    };
  }

  @Override
  public Inspection look() {
    return session.look();
  }

  @Override
  public List<List<String>> query(String sql) {
    return session.query(sql);
  }

  @Override
  public void commit() {
    session.commit();
  }

  @Override
  public void rollback() {
    session.rollback();
  }

  @Override
  public void close() {
    session.close();
  }
}
