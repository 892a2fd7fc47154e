package dev.stampguard.tool.sql.run;

import java.sql.Connection;

/** A script as its tool reads it. Transactions are the caller's, but for those it begins itself. */
public interface RunnableScript {
  /**
   * Whether it may run in a transaction that others share. One that turns out to want a transaction
   * of its own, or none, can still be refused by the server.
   */
  boolean canJoin();

  /** Whether the tool, running it alone, begins a transaction before it and commits after it. */
  boolean isWrapped();

  /**
   * Runs every statement.
   *
   * @param isJoining whether a transaction is open that must stay so
   */
  void run(Connection connection, boolean isJoining) throws FailedStatementException;
}
