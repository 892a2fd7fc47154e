package dev.stampguard.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The result sets one message brought back, in the order of its statements. */
public final class Results {
  private final Statement statement;
  private final boolean startsWithRows;
  private boolean started;

  Results(Statement statement, boolean startsWithRows) {
    this.statement = statement;
    this.startsWithRows = startsWithRows;
  }

  /**
   * The next result set, which ends the one before; statements that return none are passed over.
   *
   * @throws IllegalStateException when the message has no further result set
   */
  public ResultSet next() throws SQLException {
    boolean atRows = started ? statement.getMoreResults() : startsWithRows;
    started = true;
    while (!atRows) {
      if (statement.getUpdateCount() == -1) {
        throw new IllegalStateException("the message has no further result set");
      }
      atRows = statement.getMoreResults();
    }
    return statement.getResultSet();
  }
}
