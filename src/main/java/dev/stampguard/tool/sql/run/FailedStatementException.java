package dev.stampguard.tool.sql.run;

import java.sql.SQLException;

/** A statement of a script failed. */
public final class FailedStatementException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient SQLException error;
  private final int line;

  /**
   * @param line 1-based line of the script
   */
  public FailedStatementException(SQLException error, int line) {
    super(error);
    this.error = error;
    this.line = line;
  }

  /** What the server, or the way to it, said. */
  public SQLException error() {
    return error;
  }

  /** 1-based line of the script. */
  public int line() {
    return line;
  }
}
