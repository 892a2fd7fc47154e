package dev.stampguard.tool.alembic;

/** A call with an argument that is known only when the script runs; never leaves this package. */
final class UnreadCallException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one sentence without a full stop
   */
  UnreadCallException(String reason) {
    super(reason, null, false, false);
  }
}
