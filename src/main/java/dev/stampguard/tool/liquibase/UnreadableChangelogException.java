package dev.stampguard.tool.liquibase;

/** A changelog that Liquibase could not read either. */
final class UnreadableChangelogException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;

  /**
   * @param message one sentence without a full stop
   */
  UnreadableChangelogException(String message, int line) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
