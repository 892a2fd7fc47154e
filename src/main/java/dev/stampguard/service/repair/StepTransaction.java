package dev.stampguard.service.repair;

import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.tool.Inspection;
import java.util.List;

/**
 * One transaction after the other on one database, in which the steps of a plan are carried out and
 * looked at. What is not committed when it is closed is rolled back.
 */
interface StepTransaction extends AutoCloseable {
  /**
   * Begins the next transaction, which keeps everybody else from writing the ledger.
   *
   * @throws dev.stampguard.StampguardException (refused) naming the holder when the ledger is
   *     locked
   */
  void begin();

  /** The open transaction's id, which tells a later run whether it was committed. */
  String id();

  /**
   * Carries a step out.
   *
   * @throws dev.stampguard.StampguardException (change failed) when the transaction is lost
   */
  StepOutcome run(RepairStep step);

  /**
   * Carries a step out that commits by itself, outside of a transaction of ours.
   *
   * @return done, or failed
   */
  StepOutcome runAlone(RepairStep step);

  /** What is there now, definitions included, seen from inside the transaction. */
  Inspection look();

  /** The rows of a query, seen from inside the transaction; a NULL is {@code null}. */
  List<List<String>> query(String sql);

  /** Makes it lasting. */
  void commit();

  /** Takes it back. */
  void rollback();

  @Override
  void close();
}
