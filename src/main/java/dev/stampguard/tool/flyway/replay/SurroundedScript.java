package dev.stampguard.tool.flyway.replay;

import dev.stampguard.tool.sql.run.FailedStatementException;
import dev.stampguard.tool.sql.run.RunnableScript;
import java.sql.Connection;
import java.util.List;

/**
 * A migration with the scripts that Flyway runs before and after each, in the same transaction.
 *
 * @param before in order
 * @param after in order
 */
public record SurroundedScript(
    List<? extends RunnableScript> before,
    RunnableScript migration,
    List<? extends RunnableScript> after)
    implements RunnableScript {
  public SurroundedScript {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  @Override
  public boolean canJoin() {
    return migration.canJoin();
  }

  @Override
  public boolean isWrapped() {
    return migration.isWrapped();
  }

  @Override
  public void run(Connection connection, boolean isJoining) throws FailedStatementException {
    for (RunnableScript script : before) {
      script.run(connection, isJoining);
    }
    migration.run(connection, isJoining);
    for (RunnableScript script : after) {
      script.run(connection, isJoining);
    }
  }
}
