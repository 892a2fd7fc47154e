package dev.stampguard.tool.sql;

/** A statement that does not have the form expected of it; never leaves this package. */
final class UnreadSqlException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadSqlException() {
    super("", null, false, false);
  }
}
