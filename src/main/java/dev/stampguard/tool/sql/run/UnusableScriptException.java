package dev.stampguard.tool.sql.run;

/** A script that its tool would not run, or that nothing but its tool can run. */
public final class UnusableScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence without a full stop
   */
  public UnusableScriptException(String message) {
    super(message);
  }
}
