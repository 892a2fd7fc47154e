package dev.stampguard.tool;

import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.util.List;

/** Runs revisions of one project in one database, each to its end before the next. */
public interface RevisionRunner extends AutoCloseable {
  /**
   * Connects and loads the scripts. What the project's own set-up does to the database before the
   * first revision is done when this returns.
   *
   * @throws dev.stampguard.StampguardException (usage) when set-up or scripts cannot be loaded, or
   *     would go to another database, where nothing was run; (change failed) when it does not
   *     answer
   */
  void connect();

  /**
   * Where the ledger is, once it is connected; without a schema it is where names without one go.
   */
  LedgerLocation ledger();

  /**
   * Runs one revision in a transaction of its own and records it in the ledger; it is committed, or
   * rolled back, when this returns. What a script committed by itself stays.
   *
   * @throws dev.stampguard.StampguardException (change failed) when no further revision can run
   */
  RevisionOutcome run(String revision);

  /**
   * Ends in good order.
   *
   * @return the ledger's rows, sorted
   */
  List<String> finish();

  /** Ends whatever is still running. */
  @Override
  void close();
}
